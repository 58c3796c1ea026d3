import { randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { SigningIdentity } from '../../msp/identity.js';
import { sha256 } from '../bytes.js';

/** An endorser transaction as a gateway would assemble it, with places where a spec may spoil it. */
export interface SpecTransaction {
  readonly channel: string;
  readonly creator: SigningIdentity;
  readonly endorsers: readonly SigningIdentity[];
  /** Serialized `TxReadWriteSet`. */
  readonly results: Uint8Array;
  readonly chaincode?: string;
  readonly version?: string;
  readonly nonce?: Uint8Array;
  readonly type?: number;
  readonly epoch?: number;
  readonly txId?: string;
  /** Chaincode that the event claims to come from. */
  readonly eventOf?: string;
  /** Replaces what was endorsed after it has been signed. */
  readonly swapResults?: Uint8Array;
  readonly proposalHash?: Uint8Array;
  readonly actions?: number;
  readonly headerChaincode?: string | null;
  readonly signature?: (payload: Uint8Array) => Uint8Array;
}

export interface Assembled {
  readonly txId: string;
  /** Serialized `common.Envelope`. */
  readonly bytes: Uint8Array;
}

export function specTransaction(spec: SpecTransaction): Assembled {
  const { creator, chaincode = 'cc', nonce = randomBytes(24) } = spec;
  const txId = spec.txId ?? sha256(nonce, creator.serialized).toString('hex');
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(spec.type ?? common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(spec.channel);
  channelHeader.setTxId(txId);
  channelHeader.setEpoch(spec.epoch ?? 0);
  const timestamp = new timestamps.Timestamp();
  timestamp.setSeconds(1_700_000_000);
  timestamp.setNanos(5);
  channelHeader.setTimestamp(timestamp);
  const extension = new peer.ChaincodeHeaderExtension();
  if (spec.headerChaincode !== null)
    extension.setChaincodeId(chaincodeId(spec.headerChaincode ?? chaincode, ''));
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator.serialized);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());

  const action = new peer.TransactionAction();
  action.setHeader(signatureHeader.serializeBinary());
  action.setPayload(actionPayload(spec, header, chaincode).serializeBinary());
  const transaction = new peer.Transaction();
  for (let count = spec.actions ?? 1; count > 0; count--) transaction.addActions(action);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const bytes = payload.serializeBinary();
  const envelope = new common.Envelope();
  envelope.setPayload(bytes);
  envelope.setSignature((spec.signature ?? creator.sign)(bytes));
  return { txId, bytes: envelope.serializeBinary() };
}

function actionPayload(spec: SpecTransaction, header: common.Header, chaincode: string) {
  const proposalPayload = Buffer.from('the proposal');
  const proposalHash =
    spec.proposalHash ??
    sha256(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), proposalPayload);
  const signed = responsePayload(spec, chaincode, spec.results, proposalHash);
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(
    spec.swapResults === undefined
      ? signed
      : responsePayload(spec, chaincode, spec.swapResults, proposalHash),
  );
  for (const endorser of spec.endorsers) {
    const endorsement = endorsed.addEndorsements(new peer.Endorsement());
    endorsement.setEndorser(endorser.serialized);
    endorsement.setSignature(endorser.sign(Buffer.concat([signed, endorser.serialized])));
  }
  const payload = new peer.ChaincodeActionPayload();
  payload.setChaincodeProposalPayload(proposalPayload);
  payload.setAction(endorsed);
  return payload;
}

function responsePayload(
  spec: SpecTransaction,
  chaincode: string,
  results: Uint8Array,
  proposalHash: Uint8Array,
): Uint8Array {
  const result = new peer.ChaincodeAction();
  result.setResults(results);
  result.setChaincodeId(chaincodeId(chaincode, spec.version ?? '1.0'));
  const response = new peer.Response();
  response.setStatus(200);
  result.setResponse(response);
  if (spec.eventOf !== undefined) {
    const event = new peer.ChaincodeEvent();
    event.setChaincodeId(spec.eventOf);
    event.setEventName('happened');
    result.setEvents(event.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(proposalHash);
  payload.setExtension$(result.serializeBinary());
  return payload.serializeBinary();
}

function chaincodeId(name: string, version: string): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  id.setVersion(version);
  return id;
}
