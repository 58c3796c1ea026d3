import type { ClaimState } from '../api.js';
import type { ClaimVerb } from './claim-states.js';
import { dayNumber } from './dates.js';

const dayMs = 86_400_000;

/** What time alone does to a claim, and from when on. */
export interface TimeUp {
  readonly verb: ClaimVerb;
  /** Milliseconds since 1970; the first at which the time is up. */
  readonly at: number;
}

/**
 * When the time of a claim is up, as it stands: a reservation at its expiry, what is owed after its due date. The ledger
 * sweeps by it, and a gateway finds by it what is to be swept.
 *
 * @returns undefined for a claim that time does nothing to.
 */
export function timeUp({
  state,
  expiresAt,
  dueDate,
}: {
  readonly state: ClaimState;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
  readonly dueDate: string;
}): TimeUp | undefined {
  if (state === 'reserved') return expiresAt === undefined ? undefined : { verb: 'expire', at: expiresAt };
  const at = (dayNumber(dueDate) + 1) * dayMs;
  // Accepted, never disbursed: it must not hold the balance for ever.
  if (state === 'accepted') return { verb: 'expire', at };
  return state === 'disbursed' || state === 'partly-repaid' ? { verb: 'fall-due', at } : undefined;
}
