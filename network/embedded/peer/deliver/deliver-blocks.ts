import { common, orderer } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import type { Clock } from '../../ledger/clock.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Identity, Msps } from '../../msp/identity.js';
import type { ChannelAccess, PolicyName } from '../channel-access.js';
import { statusResponse, type BlockResponse } from './responses.js';
import { SeekRefused, seekRange, type SeekRange } from './seek.js';
import { messageOf } from '../../../message-of.js';

const { Status } = common;

/** How far a client's clock may be off; Fabric's. */
const timeWindowMs = 15 * 60_000;

export interface DeliverOptions {
  readonly ledger: Ledger;
  readonly msps: Msps;
  readonly access: ChannelAccess;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is delivered, and to whom. */
export interface Delivery {
  readonly respond: BlockResponse;
  readonly policy: PolicyName;
}

interface SeekRequest {
  readonly client: Identity;
  readonly info: orderer.SeekInfo;
}

/**
 * Answers one seek request of a deliver stream: the blocks asked for, as the delivery shows them, then a status.
 *
 * @returns false when the status is not SUCCESS, which ends the stream.
 */
export async function deliverBlocks(
  envelope: common.Envelope,
  { respond, policy }: Delivery,
  send: (response: Buffer) => Promise<void>,
  signal: AbortSignal,
  options: DeliverOptions,
): Promise<boolean> {
  try {
    const { client, info } = openSeek(envelope, policy, options);
    const { ledger, msps, clock } = options;
    const range = seekRange(info, ledger.height);
    if (range.failIfNotReady && range.first >= ledger.height) throw notReady(range.first);
    for await (const block of blocksOf(range, ledger, signal)) {
      if (msps.expired(client, clock.now())) {
        throw new SeekRefused(Status.FORBIDDEN, 'the client identity has expired');
      }
      await send(await respond(block, client.mspId, range.headersOnly));
    }
    if (signal.aborted) return false;
    await send(statusResponse(Status.SUCCESS));
    return true;
  } catch (error) {
    if (!(error instanceof SeekRefused)) throw error;
    options.log.warn({ status: error.status, reason: error.message }, 'refused to deliver blocks');
    await send(statusResponse(error.status));
    return false;
  }
}

async function* blocksOf(
  { first, last, failIfNotReady }: SeekRange,
  ledger: Ledger,
  signal: AbortSignal,
): AsyncGenerator<NonNullable<ReturnType<Ledger['block']>>> {
  if (first > last) return;
  for await (const block of ledger.follow(first, signal)) {
    yield block;
    if (block.number >= last) return;
    if (failIfNotReady && block.number + 1 >= ledger.height) throw notReady(block.number + 1);
  }
}

function notReady(number: number): SeekRefused {
  return new SeekRefused(Status.NOT_FOUND, `block ${number} does not exist yet`);
}

function openSeek(envelope: common.Envelope, policy: PolicyName, options: DeliverOptions): SeekRequest {
  const { ledger, access, msps, clock } = options;
  const { channelHeader, signatureHeader, data } = readEnvelope(envelope);
  const timestamp = channelHeader.getTimestamp();
  if (!timestamp || Math.abs(clock.now() - timestamp.toDate().getTime()) > timeWindowMs) {
    throw new SeekRefused(Status.BAD_REQUEST, 'the envelope has no timestamp or one that is too far off');
  }
  const channel = channelHeader.getChannelId();
  if (channel !== ledger.definition.channel) throw new SeekRefused(Status.NOT_FOUND, `no channel ${channel}`);
  let client: Identity;
  try {
    client = access.check(policy, channel, {
      identity: signatureHeader.getCreator_asU8(),
      data: envelope.getPayload_asU8(),
      signature: envelope.getSignature_asU8(),
    });
  } catch (error) {
    throw new SeekRefused(Status.FORBIDDEN, messageOf(error));
  }
  if (msps.expired(client, clock.now())) {
    throw new SeekRefused(Status.FORBIDDEN, 'the client identity has expired');
  }
  return { client, info: readSeekInfo(data) };
}

function readEnvelope(envelope: common.Envelope): {
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly data: Uint8Array;
} {
  try {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader();
    if (!header) throw new Error('envelope has no header');
    return {
      channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
      signatureHeader: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
      data: payload.getData_asU8(),
    };
  } catch (error) {
    throw new SeekRefused(Status.BAD_REQUEST, messageOf(error));
  }
}

function readSeekInfo(data: Uint8Array): orderer.SeekInfo {
  try {
    return orderer.SeekInfo.deserializeBinary(data);
  } catch (error) {
    throw new SeekRefused(Status.BAD_REQUEST, messageOf(error));
  }
}
