import { createHash, randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { serializeIdentity, transactionIdOf } from './identity.js';
import type { Member } from './member.js';
import { sealed } from './tamper.js';

/** An envelope that no honest client makes, and how it is made. */
export interface Junk {
  readonly type?: number;
  readonly txId?: string;
  readonly nonce?: Uint8Array;
  readonly epoch?: number;
  readonly timestamp?: timestamps.Timestamp;
  /** Serialized `peer.Transaction`, or whatever stands in its place, made for these headers. */
  readonly data: (headers: { readonly channel: Uint8Array; readonly signature: Uint8Array }) => Uint8Array;
}

/** What a chaincode of this name is said to have answered, endorsed by nobody. */
interface Answer {
  readonly chaincode: string;
  readonly events?: Uint8Array;
  readonly results?: Uint8Array;
  /** In place of the whole answer. */
  readonly extension?: Uint8Array;
}

const { ENDORSER_TRANSACTION } = common.HeaderType;

/** The member signs junk. @returns the envelope and the transaction id that it bears. */
export async function junkOf(
  member: Member,
  junk: Junk,
): Promise<{ readonly envelope: common.Envelope; readonly txId: string }> {
  const nonce = junk.nonce ?? randomBytes(24);
  const creator = serializeIdentity(member.mspId, member.certificate);
  const txId = junk.txId ?? transactionIdOf(nonce, creator);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(junk.type ?? ENDORSER_TRANSACTION);
  channelHeader.setChannelId(member.channel.getName());
  channelHeader.setTxId(txId);
  channelHeader.setEpoch(junk.epoch ?? 0);
  channelHeader.setTimestamp(junk.timestamp ?? timestamps.Timestamp.fromDate(new Date()));
  const named = new peer.ChaincodeHeaderExtension();
  named.setChaincodeId(chaincodeId('pledgeonce'));
  channelHeader.setExtension$(named.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(
    junk.data({ channel: header.getChannelHeader_asU8(), signature: header.getSignatureHeader_asU8() }),
  );
  return { envelope: await sealed(member, payload.serializeBinary()), txId };
}

/** An action around whatever bytes. */
function transactionWith(actions: readonly Uint8Array[], signature: Uint8Array): Uint8Array {
  const transaction = new peer.Transaction();
  for (const payload of actions) {
    const action = new peer.TransactionAction();
    action.setHeader(signature);
    action.setPayload(payload);
    transaction.addActions(action);
  }
  return transaction.serializeBinary();
}

function answered(
  { chaincode, events, results, extension }: Answer,
  headers: { readonly channel: Uint8Array; readonly signature: Uint8Array },
): Uint8Array {
  const action = new peer.ChaincodeAction();
  action.setChaincodeId(chaincodeId(chaincode));
  if (events) action.setEvents(events);
  if (results) action.setResults(results);
  const response = new peer.Response();
  response.setStatus(200);
  action.setResponse(response);
  const proposal = Buffer.from('a proposal');
  const answer = new peer.ProposalResponsePayload();
  answer.setProposalHash(
    createHash('sha256').update(headers.channel).update(headers.signature).update(proposal).digest(),
  );
  answer.setExtension$(extension ?? action.serializeBinary());
  return actionPayload(answer.serializeBinary(), proposal);
}

function actionPayload(response: Uint8Array, proposal: Uint8Array = new Uint8Array()): Uint8Array {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(response);
  const payload = new peer.ChaincodeActionPayload();
  payload.setChaincodeProposalPayload(proposal);
  payload.setAction(endorsed);
  return payload.serializeBinary();
}

function chaincodeId(name: string): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  id.setVersion('1.0');
  return id;
}

function event(payload: string): Uint8Array {
  const message = new peer.ChaincodeEvent();
  message.setChaincodeId('pledgeonce');
  message.setEventName('changed');
  message.setPayload(Buffer.from(payload));
  return message.serializeBinary();
}

/** Twenty bytes that are no message: the first says that a field of 127 bytes follows. */
const noMessage = Buffer.concat([Buffer.from([0x0a, 0x7f]), Buffer.alloc(18, 0xee)]);
const forged = JSON.stringify({
  schema: 1,
  changes: [{ kind: 'claim', id: 'f'.repeat(64), state: 'disbursed', seq: 1 }],
  alerts: [{ alert: 'overdrawn', claims: ['f'.repeat(64)] }],
});
const farAway = new timestamps.Timestamp();
farAway.setSeconds(253_402_300_800 * 30);

const noData = { data: () => new Uint8Array() };

/** Junk that orderers take, by what it is. */
export const orderedJunk: Readonly<Record<string, Junk>> = {
  'random bytes for a transaction': { data: () => noMessage },
  'no data at all': noData,
  'a transaction without an action': { data: () => new peer.Transaction().serializeBinary() },
  'an action of random bytes': { data: ({ signature }) => transactionWith([noMessage], signature) },
  'two actions': {
    data: ({ signature }) => transactionWith([actionPayload(noMessage), actionPayload(noMessage)], signature),
  },
  'an answer of random bytes': {
    data: ({ signature }) => transactionWith([actionPayload(noMessage)], signature),
  },
  'a result of random bytes': {
    data: (headers) =>
      transactionWith(
        [answered({ chaincode: 'pledgeonce', extension: noMessage }, headers)],
        headers.signature,
      ),
  },
  'reads and writes of random bytes': {
    data: (headers) =>
      transactionWith(
        [answered({ chaincode: 'pledgeonce', results: noMessage }, headers)],
        headers.signature,
      ),
  },
  'an event of random bytes': {
    data: (headers) =>
      transactionWith([answered({ chaincode: 'pledgeonce', events: noMessage }, headers)], headers.signature),
  },
  'a forged event of our chaincode': {
    data: (headers) =>
      transactionWith(
        [answered({ chaincode: 'pledgeonce', events: event(forged) }, headers)],
        headers.signature,
      ),
  },
  // Whoever believes it reads for a minute, and does nothing else.
  'an event whose name claims two thousand million bytes': {
    data: (headers) =>
      transactionWith(
        [answered({ chaincode: 'pledgeonce', events: Buffer.from('1affffffff07', 'hex') }, headers)],
        headers.signature,
      ),
  },
  'an event that is no JSON': {
    data: (headers) =>
      transactionWith(
        [answered({ chaincode: 'pledgeonce', events: event('{') }, headers)],
        headers.signature,
      ),
  },
  'a chaincode that does not exist': {
    data: (headers) => transactionWith([answered({ chaincode: 'nobody' }, headers)], headers.signature),
  },
  'a message of type 0': { ...noData, type: 0 },
  'a message of type 99': { ...noData, type: 99 },
  'a transaction id that is no hash': { ...noData, txId: 'not hexadecimal: \u0000 \u{1F4A9}' },
  'no transaction id': { ...noData, txId: '' },
  'no nonce': { ...noData, nonce: new Uint8Array() },
  'another epoch': { ...noData, epoch: 7 },
  'a time that no calendar has': { data: () => noMessage, timestamp: farAway },
  'sixty kilobytes of nothing': { data: () => Buffer.alloc(60_000, 0xee) },
};

/** Junk in a form that a client could make, with so many bytes in it: no look at its form keeps it out. */
export function wellFormedJunk(bytes: number): Junk {
  const events = event('x'.repeat(bytes));
  return {
    data: (headers) =>
      transactionWith([answered({ chaincode: 'pledgeonce', events }, headers)], headers.signature),
  };
}

/** Junk that orderers refuse: it claims to change the channel. */
export const refusedJunk: Readonly<Record<string, Junk>> = {
  'a configuration': { data: () => noMessage, type: common.HeaderType.CONFIG },
  'a change of the configuration': { data: () => noMessage, type: common.HeaderType.CONFIG_UPDATE },
};
