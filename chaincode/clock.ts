import { LedgerError } from './errors.js';

/** How far a proposal's timestamp may lie from the endorser's clock. */
export const clockToleranceMs = 5 * 60_000;

/**
 * Refuses a proposal whose timestamp is back-dated or from the future. This is the only use of the endorser's clock:
 * it can turn a proposal down, it never enters a record, so that endorsers cannot disagree about what is written.
 *
 * @param proposed milliseconds since 1970 of the proposal.
 * @throws LedgerError CLOCK_SKEW.
 */
export function assertFresh(proposed: number, now: number = Date.now()): void {
  if (Math.abs(now - proposed) > clockToleranceMs) throw new LedgerError('CLOCK_SKEW');
}
