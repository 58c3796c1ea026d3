import { LedgerError } from '../errors.js';
import { factAt } from '../facts/records.js';
import type { Claim } from './records.js';
import type { Call } from '../ledger/call.js';
import { isLongPastDue } from '../rules/past-due.js';

type DatedClaim = Pick<Claim, 'id' | 'lines' | 'dueDate' | 'pastDueReason'>;

/**
 * A claim may end long after one of its receivables was due only for a reason that its bank states: a receivable that is
 * financed again and again is perhaps none any more. The regulator is told.
 *
 * @throws LedgerError REASON_REQUIRED.
 */
export async function assertReasonIfPastDue(
  { work }: Pick<Call, 'work'>,
  { id, lines, dueDate, pastDueReason }: DatedClaim,
): Promise<void> {
  const facts: string[] = [];
  for (const { role, fact, through } of lines) {
    if (role !== 'receivable') continue;
    for (const one of through === undefined ? [fact] : [fact, through]) {
      const head = await work.read(factAt(one));
      if (head !== undefined && isLongPastDue(dueDate, head.dueOn)) facts.push(one);
    }
  }
  if (facts.length === 0) return;
  if (pastDueReason === undefined) throw new LedgerError('REASON_REQUIRED', { field: 'pastDueReason' });
  work.alert({ alert: 'past-due-financing', claims: [id], facts });
}
