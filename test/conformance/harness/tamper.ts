import { common, gateway as messages, peer } from '@hyperledger/fabric-protos';
import type { Transaction } from '@hyperledger/fabric-gateway';
import { callUnary } from './call.js';
import type { Member } from './member.js';

/** The parts of an endorsed transaction that a client could alter before it signs. */
export interface Parts {
  readonly payload: common.Payload;
  readonly channelHeader: common.ChannelHeader;
  readonly action: peer.ChaincodeActionPayload;
}

/** Takes an endorsed transaction apart, lets the probe alter it, and puts it together with an honest signature. */
export async function tamper(
  member: Member,
  transaction: Transaction,
  alter: (parts: Parts) => void | Promise<void>,
): Promise<common.Envelope> {
  const original = preparedOf(transaction).getEnvelope()?.getPayload_asU8() ?? new Uint8Array();
  const payload = common.Payload.deserializeBinary(original);
  const header = payload.getHeader() ?? new common.Header();
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const content = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [first] = content.getActionsList();
  if (!first) throw new Error('the transaction has no action');
  const action = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8());

  await alter({ payload, channelHeader, action });
  first.setPayload(action.serializeBinary());
  header.setChannelHeader(channelHeader.serializeBinary());
  payload.setData(content.serializeBinary());
  return sealed(member, payload.serializeBinary());
}

/** The envelope of a payload, signed by the member. */
export async function sealed(member: Member, payload: Uint8Array): Promise<common.Envelope> {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(await member.sign(payload));
  return envelope;
}

/** Has any envelope ordered, as the client library would have its own. */
export async function orderEnvelope(
  member: Member,
  envelope: common.Envelope,
  txId: string,
  channel?: string,
): Promise<void> {
  const request = new messages.SubmitRequest();
  request.setTransactionId(txId);
  request.setChannelId(channel ?? member.channel.getName());
  request.setPreparedTransaction(envelope);
  await callUnary(member, '/gateway.Gateway/Submit', request, (bytes) =>
    messages.SubmitResponse.deserializeBinary(bytes),
  );
}

/** The message behind the client library's transaction. */
export function preparedOf(transaction: Transaction): messages.PreparedTransaction {
  return messages.PreparedTransaction.deserializeBinary(transaction.getBytes());
}
