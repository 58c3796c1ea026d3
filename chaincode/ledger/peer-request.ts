import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim-api';
import type { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';

/** What the shim's stub is made of, beyond the interface that it shows. */
export interface StubParts {
  readonly handler: ChaincodeMessageHandler;
  readonly channel_id: string;
  readonly txId: string;
  readonly validationParameterMetakey: string;
}

/** What the shim keeps to itself of a running transaction, and a request of our own to the peer needs. */
export function partsOf(stub: ChaincodeStub): StubParts {
  return stub as unknown as StubParts;
}

/** Sends the peer a request of the running transaction that the shim for Node does not know. */
export function askPeer(
  { handler, channel_id, txId }: StubParts,
  type: keyof peer.ChaincodeMessage.TypeMap,
  payload: Uint8Array,
): Promise<Buffer> {
  const message = new peer.ChaincodeMessage();
  message.setType(peer.ChaincodeMessage.Type[type]);
  message.setPayload(payload);
  message.setChannelId(channel_id);
  message.setTxid(txId);
  return handler._askPeerAndListen(message, type);
}
