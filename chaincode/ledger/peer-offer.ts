import { peer } from '@hyperledger/fabric-protos';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';

const { ChaincodeAdditionalParams, ChaincodeMessage } = peer;

/** What peers have offered, by their connection. */
const offers = new WeakMap<ChaincodeMessageHandler, peer.ChaincodeAdditionalParams>();

/**
 * Notes what each peer offers beyond the protocol of Fabric 2: since 3.1 it says so when it declares itself ready. The
 * shim for Node does not look at it.
 */
export function noteOffers(): void {
  const { prototype } = ChaincodeMessageHandler;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { chat } = prototype;
  prototype.chat = function (this: ChaincodeMessageHandler, greeting) {
    const listen = (message: peer.ChaincodeMessage) => {
      if (message.getType() !== ChaincodeMessage.Type.READY) return;
      offers.set(this, ChaincodeAdditionalParams.deserializeBinary(message.getPayload_asU8()));
      this._stream.off('data', listen);
    };
    this._stream.on('data', listen);
    chat.call(this, greeting);
  };
}

/** How many writes the peer at the other end takes in one message; undefined when it wants each by itself. */
export function writesPerMessage(handler: ChaincodeMessageHandler): number | undefined {
  const offer = offers.get(handler);
  return offer?.getUseWriteBatch() === true ? Math.max(offer.getMaxSizeWriteBatch(), 1) : undefined;
}

/** How many keys the peer at the other end reads in one message; undefined when it wants each by itself. */
export function keysPerMessage(handler: ChaincodeMessageHandler): number | undefined {
  const offer = offers.get(handler);
  return offer?.getUseGetMultipleKeys() === true ? Math.max(offer.getMaxSizeGetMultipleKeys(), 1) : undefined;
}
