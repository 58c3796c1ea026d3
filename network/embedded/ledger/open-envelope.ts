import { common, peer } from '@hyperledger/fabric-protos';
import { sha256 } from './bytes.js';
import type { ValidationCode } from './ledger.js';
import { openAction, type OpenedAction } from './open-action.js';
import { readable } from './readable.js';
import type { ParsedTransaction } from './transaction.js';

const { HeaderType } = common;
const { TxValidationCode: Code } = peer;
const NOTHING: Uint8Array = new Uint8Array();

/** What an envelope says of itself, be it of a kind that nobody validates. */
interface EnvelopeHeaders {
  /** `common.HeaderType`, or any other number. */
  readonly type: number;
  readonly channel: string;
  readonly txId: string;
  /** Serialized identity of the client. */
  readonly creator: Uint8Array;
}

/**
 * An envelope with every layer opened, and what was found wrong on the way. The faults are kept apart by the stage at
 * which Fabric would meet them, because checks against keys and ledger lie between the stages.
 */
export interface OpenedEnvelope {
  /** Serialized `common.Envelope`. */
  readonly bytes: Uint8Array;
  /** What the creator signed. */
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** Undefined when they cannot be read: no orderer takes such an envelope. */
  readonly headers: EnvelopeHeaders | undefined;
  /** Undefined when the headers cannot be read, or are not those of a transaction; then `headerFault` says why. */
  readonly transaction: ParsedTransaction | undefined;
  /** Met before the creator's signature is verified. */
  readonly headerFault: ValidationCode | undefined;
  /** Met after the signature: wrong transaction id, or an action that does not fit its proposal. */
  readonly bodyFault: ValidationCode | undefined;
  /** Met when the transaction is handed to its chaincode's validation. */
  readonly actionFault: ValidationCode | undefined;
}

/** Opens a serialized envelope; never throws on what a client may send. */
export function openEnvelope(bytes: Uint8Array): OpenedEnvelope {
  const broken = (
    headerFault: ValidationCode,
    payload = NOTHING,
    signature = NOTHING,
    headers?: EnvelopeHeaders,
  ): OpenedEnvelope => ({
    bytes,
    payload,
    signature,
    headers,
    transaction: undefined,
    headerFault,
    bodyFault: undefined,
    actionFault: undefined,
  });
  if (bytes.length === 0) return broken(Code.NIL_ENVELOPE);
  const envelope = readable(() => common.Envelope.deserializeBinary(bytes));
  if (envelope === undefined) return broken(Code.INVALID_OTHER_REASON);
  const payloadBytes = envelope.getPayload_asU8();
  const signature = envelope.getSignature_asU8();
  const payload = readable(() => common.Payload.deserializeBinary(payloadBytes));
  if (payload === undefined) return broken(Code.BAD_PAYLOAD, payloadBytes, signature);
  const headers = readable(() => openHeaders(payload));
  if (headers === undefined) return broken(Code.BAD_COMMON_HEADER, payloadBytes, signature);
  const said = saidIn(headers);
  if (!isTransaction(headers)) return broken(Code.BAD_COMMON_HEADER, payloadBytes, signature, said);
  return {
    bytes,
    payload: payloadBytes,
    signature,
    headers: said,
    headerFault: undefined,
    ...openBody(payload, headers),
  };
}

function saidIn({ channelHeader, signatureHeader }: Headers): EnvelopeHeaders {
  return {
    type: channelHeader.getType(),
    channel: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    creator: signatureHeader.getCreator_asU8(),
  };
}

interface Headers {
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly channelHeaderBytes: Uint8Array;
}

function openHeaders(payload: common.Payload): Headers | undefined {
  const header = payload.getHeader();
  if (header === undefined) return undefined;
  const channelHeaderBytes = header.getChannelHeader_asU8();
  const channelHeader = common.ChannelHeader.deserializeBinary(channelHeaderBytes);
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  return { channelHeader, signatureHeader, channelHeaderBytes };
}

function isTransaction({ channelHeader, signatureHeader }: Headers): boolean {
  const known: readonly number[] = [
    HeaderType.ENDORSER_TRANSACTION,
    HeaderType.CONFIG_UPDATE,
    HeaderType.CONFIG,
  ];
  return (
    known.includes(channelHeader.getType()) &&
    channelHeader.getEpoch() === 0 &&
    signatureHeader.getNonce_asU8().length > 0 &&
    // The configuration that begins a channel is nobody's; any other creator is checked with the signature.
    (signatureHeader.getCreator_asU8().length > 0 || channelHeader.getType() === HeaderType.CONFIG)
  );
}

function openBody(payload: common.Payload, { channelHeader, signatureHeader, channelHeaderBytes }: Headers) {
  const timestamp = channelHeader.getTimestamp();
  const base = {
    type: channelHeader.getType(),
    channel: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    timestamp: { seconds: timestamp?.getSeconds() ?? 0, nanos: timestamp?.getNanos() ?? 0 },
    creator: signatureHeader.getCreator_asU8(),
    nonce: signatureHeader.getNonce_asU8(),
  };
  const opened = openByType(payload, channelHeader, channelHeaderBytes);
  const wrongId = base.type === HeaderType.ENDORSER_TRANSACTION && base.txId !== transactionId(base);
  return {
    transaction: { ...base, action: opened.action },
    bodyFault: wrongId ? Code.BAD_PROPOSAL_TXID : opened.bodyFault,
    actionFault: opened.actionFault,
  };
}

function openByType(
  payload: common.Payload,
  channelHeader: common.ChannelHeader,
  channelHeaderBytes: Uint8Array,
): OpenedAction {
  switch (channelHeader.getType()) {
    case HeaderType.ENDORSER_TRANSACTION:
      return openAction(payload.getData_asU8(), channelHeaderBytes, channelHeader.getExtension_asU8());
    case HeaderType.CONFIG:
      return { action: undefined, bodyFault: undefined, actionFault: undefined };
    default:
      return { action: undefined, bodyFault: Code.UNSUPPORTED_TX_PAYLOAD, actionFault: undefined };
  }
}

/** The only id that a transaction of this creator with this nonce may have. */
function transactionId({ nonce, creator }: { nonce: Uint8Array; creator: Uint8Array }): string {
  return sha256(nonce, creator).toString('hex');
}
