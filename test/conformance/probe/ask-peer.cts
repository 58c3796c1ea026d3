import { peer } from '@hyperledger/fabric-protos';
import type { Context } from 'fabric-contract-api';
import type { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';

/** What the shim's stub is made of, beyond the interface that it shows. */
interface StubParts {
  readonly handler: ChaincodeMessageHandler;
  readonly channel_id: string;
  readonly txId: string;
}

/** The shim's end of the stream to the peer that runs this transaction. */
export function handlerOf(stub: Context['stub']): ChaincodeMessageHandler {
  return partsOf(stub).handler;
}

/** Sends the peer a message that the shim for Node does not know; resolves with the payload of the answer. */
export async function askPeer(
  stub: Context['stub'],
  type: keyof typeof peer.ChaincodeMessage.Type,
  payload: Uint8Array,
): Promise<Uint8Array> {
  const { handler, channel_id, txId } = partsOf(stub);
  const message = new peer.ChaincodeMessage();
  message.setType(peer.ChaincodeMessage.Type[type]);
  message.setPayload(payload);
  message.setChannelId(channel_id);
  message.setTxid(txId);
  return handler._askPeerAndListen(message, type);
}

function partsOf(stub: Context['stub']): StubParts {
  return stub as unknown as StubParts;
}
