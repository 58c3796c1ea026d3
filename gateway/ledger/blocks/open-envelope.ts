import '@pledgeonce/chaincode/bounded-messages.js';
import { createHash } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';

/** What the headers of an envelope say. */
export interface OpenedEnvelope {
  /** `common.HeaderType`, or any other number. */
  readonly type: number;
  readonly transactionId: string;
  /** Whether the id follows from signer and nonce, as that of every real transaction does: nobody can take another's. */
  readonly hasOwnId: boolean;
  /** RFC 3339, as the client wrote it; the first second of 1970 where it wrote none that a calendar has. */
  readonly time: string;
  readonly signer: Signer;
  /** Serialized `peer.Transaction`, in a transaction. */
  readonly data: Uint8Array;
}

/** Who signed an envelope: an orderer takes it only with a good signature of a member. */
export interface Signer {
  readonly mspId: string;
  /** PEM. */
  readonly certificate: string;
}

/**
 * Opens an envelope as it lies in a block. Anybody who holds a certificate gets any bytes ordered, so it may hold anything.
 *
 * @returns undefined when it cannot be read.
 */
export function openEnvelope(bytes: Uint8Array): OpenedEnvelope | undefined {
  try {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    );
    const header = payload.getHeader();
    if (header === undefined) return undefined;
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
    const creator = signatureHeader.getCreator_asU8();
    const identity = msp.SerializedIdentity.deserializeBinary(creator);
    const ownId = createHash('sha256').update(signatureHeader.getNonce_asU8()).update(creator).digest('hex');
    return {
      type: channelHeader.getType(),
      transactionId: channelHeader.getTxId(),
      hasOwnId: channelHeader.getTxId() === ownId,
      time: timeOf(channelHeader),
      signer: {
        mspId: identity.getMspid(),
        certificate: Buffer.from(identity.getIdBytes_asU8()).toString('utf8'),
      },
      data: payload.getData_asU8(),
    };
  } catch {
    return undefined;
  }
}

function timeOf(header: common.ChannelHeader): string {
  const time = header.getTimestamp()?.toDate() ?? new Date(0);
  const year = time.getUTCFullYear();
  return (year >= 1970 && year <= 9999 ? time : new Date(0)).toISOString();
}
