import type { ClaimState } from '../api.js';
import type { ClaimVerb } from './claim-states.js';
import { dayNumber } from './dates.js';

const dayMs = 86_400_000;

/** What time alone does to a claim, and from when on. */
export interface TimeUp {
  readonly verb: Extract<ClaimVerb, 'expire' | 'fall-due' | 'end-dispute'> | 'lapse-step';
  /** Milliseconds since 1970; the first at which the time is up. */
  readonly at: number;
}

/** The part of a claim that time has to do with. */
export interface TimedClaim {
  readonly state: ClaimState;
  /** Milliseconds since 1970: of a reservation when it lapses, of an accepted claim until when it is to be paid out. */
  readonly expiresAt?: number | undefined;
  readonly dueDate: string;
  readonly outstanding: bigint;
  readonly dispute?: { readonly before: ClaimState; readonly until: number } | undefined;
  /** A step that waits for its second person. */
  readonly awaiting?: { readonly until: number } | undefined;
}

/**
 * When the time of a claim is up, as it stands: a reservation and a promise at their expiry, what is owed after its due
 * date. A dispute stops none of that, and has an end itself,
 * as a step that waits for a second person has. The ledger sweeps by it, and a gateway finds by it what is to
 * be swept.
 *
 * @returns undefined for a claim that time does nothing to.
 */
export function timeUp(claim: TimedClaim): TimeUp | undefined {
  const { awaiting } = claim;
  const up = timeUpOf(claim);
  if (awaiting === undefined || (up !== undefined && up.at <= awaiting.until)) return up;
  return { verb: 'lapse-step', at: awaiting.until };
}

function timeUpOf(claim: TimedClaim): TimeUp | undefined {
  const { dispute } = claim;
  if (dispute === undefined) return timeUpIn(claim.state, claim);
  const outside = timeUpIn(dispute.before, claim);
  const end: TimeUp = { verb: 'end-dispute', at: dispute.until };
  return outside !== undefined && outside.at <= end.at ? outside : end;
}

function timeUpIn(state: ClaimState, { expiresAt, dueDate, outstanding }: TimedClaim): TimeUp | undefined {
  if (state === 'reserved' || state === 'accepted') {
    return expiresAt === undefined ? undefined : { verb: 'expire', at: expiresAt };
  }
  const isOwed = (state === 'disbursed' || state === 'partly-repaid') && outstanding > 0n;
  return isOwed ? { verb: 'fall-due', at: (dayNumber(dueDate) + 1) * dayMs } : undefined;
}
