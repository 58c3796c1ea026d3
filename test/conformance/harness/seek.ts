import { randomBytes } from 'node:crypto';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { serializeIdentity } from './identity.js';
import type { Member } from './member.js';

type Place = 'oldest' | 'newest' | number;

export interface Seek {
  readonly start?: Place;
  readonly stop?: Place;
  readonly failIfNotReady?: boolean;
  readonly headersOnly?: boolean;
  readonly channel?: string;
  readonly method?: 'Deliver' | 'DeliverFiltered' | 'DeliverWithPrivateData';
  /** Another's signature in place of the member's. */
  readonly signature?: Uint8Array;
}

/** What a peer sent in answer to one request, up to the status that ends it. */
export interface Delivered {
  readonly numbers: readonly number[];
  /** The name of the status, such as `SUCCESS`. */
  readonly status: string;
}

/** Sends one request for blocks and reads to the status that the peer ends with. */
export async function seek(member: Member, wanted: Seek): Promise<Delivered> {
  const request = await seekEnvelope(member, wanted);
  const stream = member.grpc.makeBidiStreamRequest(
    `/protos.Deliver/${wanted.method ?? 'Deliver'}`,
    (envelope: common.Envelope) => Buffer.from(envelope.serializeBinary()),
    (bytes: Buffer) => peer.DeliverResponse.deserializeBinary(bytes),
    { deadline: Date.now() + 10_000 },
  );
  stream.write(request);
  const numbers: number[] = [];
  try {
    for await (const response of stream as AsyncIterable<peer.DeliverResponse>) {
      if (response.getTypeCase() === peer.DeliverResponse.TypeCase.STATUS) {
        return { numbers, status: statusName(response.getStatus()) };
      }
      numbers.push(numberOf(response));
    }
  } finally {
    stream.cancel();
  }
  throw new Error('the peer ended the stream without a status');
}

/** The request as a peer and an orderer take it. */
export async function seekEnvelope(member: Member, wanted: Seek): Promise<common.Envelope> {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channelHeader.setChannelId(wanted.channel ?? member.channel.getName());
  channelHeader.setTimestamp(timestamp.Timestamp.fromDate(new Date()));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(serializeIdentity(member.mspId, member.certificate));
  signatureHeader.setNonce(randomBytes(24));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(seekInfo(wanted).serializeBinary());
  const bytes = payload.serializeBinary();
  const envelope = new common.Envelope();
  envelope.setPayload(bytes);
  envelope.setSignature(wanted.signature ?? (await member.sign(bytes)));
  return envelope;
}

function seekInfo({ start, stop, failIfNotReady, headersOnly }: Seek): orderer.SeekInfo {
  const info = new orderer.SeekInfo();
  if (headersOnly === true) info.setContentType(orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG);
  if (start !== undefined) info.setStart(position(start));
  if (stop !== undefined) info.setStop(position(stop));
  const { FAIL_IF_NOT_READY, BLOCK_UNTIL_READY } = orderer.SeekInfo.SeekBehavior;
  info.setBehavior(failIfNotReady === true ? FAIL_IF_NOT_READY : BLOCK_UNTIL_READY);
  return info;
}

function position(place: Place): orderer.SeekPosition {
  const at = new orderer.SeekPosition();
  if (place === 'oldest') at.setOldest(new orderer.SeekOldest());
  else if (place === 'newest') at.setNewest(new orderer.SeekNewest());
  else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(place);
    at.setSpecified(specified);
  }
  return at;
}

function numberOf(response: peer.DeliverResponse): number {
  const block = response.getBlock() ?? response.getBlockAndPrivateData()?.getBlock();
  return block?.getHeader()?.getNumber() ?? response.getFilteredBlock()?.getNumber() ?? -1;
}

/** The name of a status, such as `SUCCESS`. */
export function statusName(code: number): string {
  return Object.entries(common.Status).find(([, value]) => value === code)?.[0] ?? String(code);
}
