import { common } from '@hyperledger/fabric-protos';
import { isSignedByCreator } from '../embedded/ledger/check-envelope.js';
import { openEnvelope, type OpenedEnvelope } from '../embedded/ledger/open-envelope.js';
import type { Msps } from '../embedded/msp/identity.js';
import type { BroadcastResult } from '../embedded/orderer/orderer.js';
import type { Budget } from './budget.js';
import type { RefusalReason } from './refused-file.js';

const { HeaderType, Status } = common;

/** What a door needs to know to let an envelope in. */
export interface AdmissionRules {
  readonly channel: string;
  /** Larger envelopes are refused unread, bytes. */
  readonly maxEnvelopeBytes: number;
  readonly budget: Budget;
  /** The members as they are now. */
  readonly msps: () => Msps;
}

/** Who handed something in, and why it goes no further, if so. */
export interface Admitted {
  /** Undefined of a stranger. */
  readonly mspId: string | undefined;
  readonly refusal: (BroadcastResult & { readonly reason: RefusalReason }) | undefined;
}

/**
 * Whether an envelope may reach the orderer: a transaction as clients make them, whole and signed by a member, within what
 * this member may hand in. Fabric's orderers take in what no block may hold, and then stand still over it, and order what
 * its peers cannot read; nothing of that comes past here. Whether a transaction is valid, the peers say.
 *
 * @param now milliseconds since the epoch.
 */
export function admit(bytes: Uint8Array, rules: AdmissionRules, now: number): Admitted {
  const refused = (refusal: Admitted['refusal'], mspId?: string): Admitted => ({ mspId, refusal });
  if (bytes.length > rules.maxEnvelopeBytes) {
    const info = `an envelope has at most ${rules.maxEnvelopeBytes} bytes, not ${bytes.length}`;
    return refused({ status: Status.BAD_REQUEST, reason: 'too-large', info });
  }
  const opened = openEnvelope(bytes);
  const mspId = memberBehind(opened, rules.msps());
  if (mspId === undefined) {
    const info = 'no member has signed the envelope';
    return refused({ status: Status.FORBIDDEN, reason: 'unsigned', info });
  }
  if (!rules.budget.take(mspId, bytes.length, now)) {
    const info = `${mspId} hands in too much`;
    return refused({ status: Status.SERVICE_UNAVAILABLE, reason: 'too-much', info }, mspId);
  }
  const info = faultOf(opened, rules.channel);
  if (info === undefined) return { mspId, refusal: undefined };
  return refused({ status: Status.BAD_REQUEST, reason: 'malformed', info }, mspId);
}

/**
 * The member whose valid certificate has signed the envelope.
 *
 * @throws Error what is no fault of the identity.
 */
export function memberBehind(opened: OpenedEnvelope, msps: Msps): string | undefined {
  if (opened.headers === undefined || !isSignedByCreator(opened, msps)) return undefined;
  return msps.holderOf(msps.identity(opened.headers.creator));
}

function faultOf({ headers, headerFault, bodyFault, actionFault }: OpenedEnvelope, channel: string) {
  if (headers === undefined) return 'the envelope cannot be read';
  if (headers.channel !== channel) return 'channel does not exist';
  // What it would change, the orderer reads, and who must have signed it the channel's policies say.
  if (headers.type === HeaderType.CONFIG_UPDATE) return undefined;
  if (headers.type !== HeaderType.ENDORSER_TRANSACTION)
    return `no client sends a message of type ${headers.type}`;
  const fault = headerFault ?? bodyFault ?? actionFault;
  return fault === undefined ? undefined : `the transaction is malformed, validation code ${fault}`;
}
