import { peer } from '@hyperledger/fabric-protos';
import type { Context } from 'fabric-contract-api';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';
import { handlerOf } from './ask-peer.cjs';
import type { PeerOffer } from './steps.cjs';

const ready = new WeakMap<ChaincodeMessageHandler, Uint8Array>();

/** Keeps what every peer says when it declares itself ready: the shim for Node throws it away. */
export function keepOffers(): void {
  const { prototype } = ChaincodeMessageHandler;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { chat } = prototype;
  prototype.chat = function (this: ChaincodeMessageHandler, greeting) {
    this._stream.on('data', (message: peer.ChaincodeMessage) => {
      if (message.getType() === peer.ChaincodeMessage.Type.READY) ready.set(this, message.getPayload_asU8());
    });
    chat.call(this, greeting);
  };
}

/** What the peer that runs this transaction said; of a peer before 3.1 all of it is false or zero. */
export function offerOf(stub: Context['stub']): PeerOffer {
  const said = peer.ChaincodeAdditionalParams.deserializeBinary(
    ready.get(handlerOf(stub)) ?? new Uint8Array(),
  );
  return {
    writeBatch: said.getUseWriteBatch(),
    writesPerBatch: said.getMaxSizeWriteBatch(),
    getMultipleKeys: said.getUseGetMultipleKeys(),
    keysPerGet: said.getMaxSizeGetMultipleKeys(),
  };
}
