import { LedgerError } from '../errors.js';
import type { Claim } from './records.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import type { Call } from '../ledger/call.js';
import { policyInForce } from '../registry/policy.js';

const day = 86_400_000;

/** Until when a claim that is accepted now has to be paid out: some weeks that the consortium sets, and not beyond its due date. */
export async function payoutEnds(call: Pick<Call, 'work' | 'now'>, dueDate: string): Promise<number> {
  const { payoutDays } = await policyInForce(call);
  const endOfDueDate = (dayNumber(dueDate) + 1) * day - 1;
  return Math.min(call.now + payoutDays * day, endOfDueDate);
}

/**
 * Whether there is still time to accept a claim, or to pay it out.
 *
 * @throws LedgerError DUE_DATE_PASSED or RESERVATION_EXPIRED.
 */
export function assertInTime({ state, dueDate, expiresAt }: Claim, now: number): void {
  if (dateOf(now) > dueDate) throw new LedgerError('DUE_DATE_PASSED', { field: 'id' });
  if (expiresAt === undefined || now <= expiresAt) return;
  throw new LedgerError('RESERVATION_EXPIRED', {
    ...(state === 'accepted' && {
      detail: 'The claim was not paid out in time after its acceptance. Reserve again.',
    }),
  });
}
