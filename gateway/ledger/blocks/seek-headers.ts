import { randomBytes } from 'node:crypto';
import { common, msp, orderer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Signatory } from '../signatory.js';

/** A request for the header of the newest block and of each that follows. */
export async function seekHeaders(
  {
    mspId,
    certificate,
    sign,
  }: Pick<Signatory, 'mspId' | 'certificate'> & {
    readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
  },
  channel: string,
): Promise<common.Envelope> {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(timestamps.Timestamp.fromDate(new Date()));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serializeBinary());
  signatureHeader.setNonce(randomBytes(24));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(seekInfo().serializeBinary());
  const bytes = payload.serializeBinary();
  const envelope = new common.Envelope();
  envelope.setPayload(bytes);
  envelope.setSignature(await sign(bytes));
  return envelope;
}

function seekInfo(): orderer.SeekInfo {
  const start = new orderer.SeekPosition();
  start.setNewest(new orderer.SeekNewest());
  const last = new orderer.SeekSpecified();
  last.setNumber(Number.MAX_SAFE_INTEGER);
  const stop = new orderer.SeekPosition();
  stop.setSpecified(last);
  const info = new orderer.SeekInfo();
  info.setStart(start);
  info.setStop(stop);
  info.setBehavior(orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
  info.setContentType(orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG);
  return info;
}
