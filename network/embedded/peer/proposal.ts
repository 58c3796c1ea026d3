import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { readTraceparent } from '@pledgeonce/chaincode/tracing/traceparent.js';
import { messageOf } from '../../message-of.js';

const { ChaincodeHeaderExtension, ChaincodeInvocationSpec, ChaincodeProposalPayload } = peer;

/** A client's proposal with every layer opened once, for the gateway and all endorsers together. */
export interface Proposal {
  readonly signed: peer.SignedProposal;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly type: number;
  readonly channel: string;
  readonly txId: string;
  readonly epoch: number;
  /** When the client says that it made the proposal: milliseconds since 1970. */
  readonly timestamp: number;
  /** Serialized identity of the client. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  /** The chaincode that the header names. */
  readonly chaincode: string;
  readonly input: peer.ChaincodeInput;
  readonly hasTransientData: boolean;
  /** W3C's trace context, where the client records one. */
  readonly traceparent: string | undefined;
  readonly header: common.Header;
  /** Serialized `ChaincodeProposalPayload` without transient data, which is all that goes into a transaction. */
  readonly publicPayload: Uint8Array;
  /** What endorsers sign to say which proposal they answered. */
  readonly hash: Buffer;
}

/**
 * Opens a signed proposal.
 *
 * @throws Error in the words of Fabric's endorser when a layer is missing or cannot be read.
 */
export function openProposal(signed: peer.SignedProposal): Proposal {
  const bytes = signed.getProposalBytes_asU8();
  const proposal = read('Proposal', () => peer.Proposal.deserializeBinary(bytes));
  const header = read('Header', () => common.Header.deserializeBinary(proposal.getHeader_asU8()));
  const channelHeader = read('ChannelHeader', () =>
    common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
  );
  const signatureHeader = read('SignatureHeader', () =>
    common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
  );
  const extension = read('ChaincodeHeaderExtension', () =>
    ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  const chaincodeId = extension.getChaincodeId();
  if (!chaincodeId) throw new Error('ChaincodeHeaderExtension.ChaincodeId is nil');
  if (chaincodeId.getName() === '') throw new Error('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
  const payload = read('ChaincodeProposalPayload', () =>
    ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8()),
  );
  const invocation = read('ChaincodeInvocationSpec', () =>
    ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()),
  );
  const spec = invocation.getChaincodeSpec();
  if (!spec) throw new Error('chaincode invocation spec did not contain chaincode spec');
  const input = spec.getInput();
  if (!input) throw new Error('chaincode input did not contain any input');
  const publicPayload = withoutTransientData(payload);
  return {
    signed,
    bytes,
    signature: signed.getSignature_asU8(),
    type: channelHeader.getType(),
    channel: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    epoch: channelHeader.getEpoch(),
    timestamp: millisecondsOf(channelHeader.getTimestamp()),
    creator: signatureHeader.getCreator_asU8(),
    nonce: signatureHeader.getNonce_asU8(),
    chaincode: chaincodeId.getName(),
    input,
    hasTransientData: payload.getTransientmapMap().getLength() > 0,
    traceparent: traceparentOf(payload),
    header,
    publicPayload,
    hash: createHash('sha256')
      .update(header.getChannelHeader_asU8())
      .update(header.getSignatureHeader_asU8())
      .update(publicPayload)
      .digest(),
  };
}

/** The transaction id that belongs to a nonce and a creator. */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return createHash('sha256').update(nonce).update(creator).digest('hex');
}

function traceparentOf(payload: peer.ChaincodeProposalPayload): string | undefined {
  const given = payload.getTransientmapMap().get('traceparent');
  return given === undefined ? undefined : readTraceparent(Buffer.from(given).toString('latin1'));
}

function millisecondsOf(time: ReturnType<common.ChannelHeader['getTimestamp']>): number {
  return time === undefined ? 0 : time.getSeconds() * 1_000 + Math.floor(time.getNanos() / 1_000_000);
}

function withoutTransientData(payload: peer.ChaincodeProposalPayload): Uint8Array {
  const result = new ChaincodeProposalPayload();
  result.setInput(payload.getInput());
  return result.serializeBinary();
}

function read<T>(what: string, deserialize: () => T): T {
  try {
    return deserialize();
  } catch (error) {
    throw new Error(`error unmarshalling ${what}: ${messageOf(error)}`, { cause: error });
  }
}
