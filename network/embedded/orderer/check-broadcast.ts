import { common } from '@hyperledger/fabric-protos';
import { isSignedByCreator } from '../ledger/check-envelope.js';
import type { OpenedEnvelope } from '../ledger/open-envelope.js';
import type { Msps } from '../msp/identity.js';
import type { BroadcastResult } from './orderer.js';

const { HeaderType, Status } = common;

/** Whatever else a client writes into the header is ordered, as by Fabric's orderers, and marked invalid by the peers. */
const ofConfiguration: readonly number[] = [
  HeaderType.CONFIG,
  HeaderType.CONFIG_UPDATE,
  HeaderType.ORDERER_TRANSACTION,
];

export interface BroadcastRules {
  readonly channel: string;
  readonly msps: Msps;
  /** Larger envelopes are refused. */
  readonly maxEnvelopeBytes: number;
}

/**
 * What the ordering service checks before it takes an envelope: form, size, channel, the client's certificate at this
 * hour and its signature. What the transaction does is for the peers to judge.
 *
 * @param now - milliseconds since the epoch.
 * @returns undefined when it may be ordered.
 */
export function refusal(
  opened: OpenedEnvelope,
  rules: BroadcastRules,
  now: number,
): BroadcastResult | undefined {
  const { bytes, headers } = opened;
  if (headers === undefined) return bad('envelope cannot be read');
  if (headers.channel !== rules.channel) return bad('channel does not exist');
  if (ofConfiguration.includes(headers.type)) {
    return bad('the configuration is changed by its file, not by an envelope');
  }
  if (bytes.length > rules.maxEnvelopeBytes) {
    return bad(
      `message payload is ${bytes.length} bytes and exceeds maximum allowed ${rules.maxEnvelopeBytes} bytes`,
    );
  }
  if (!isSignedByCreator(opened, rules.msps)) {
    return { status: Status.FORBIDDEN, info: 'implicit policy evaluation failed: permission denied' };
  }
  return rules.msps.expired(rules.msps.identity(headers.creator), now)
    ? bad('broadcast client identity expired')
    : undefined;
}

function bad(info: string): BroadcastResult {
  return { status: Status.BAD_REQUEST, info };
}
