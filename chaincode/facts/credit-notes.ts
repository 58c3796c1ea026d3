import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Underlying } from '../underlyings/records.js';
import type { FactHead } from './records.js';
import { used } from '../rules/balances.js';
import { latestVersion } from './latest.js';

/**
 * A seller takes its own credit note back, or changes it, only while nothing is drawn on what the note lowers, and not
 * by the person who recorded it: otherwise a receivable would be worth its whole amount again whenever that suits.
 *
 * @throws LedgerError FOUR_EYES or CREDIT_NOTE_IN_USE.
 */
export async function assertMayWithdrawCredit(
  { work, caller }: Call,
  head: FactHead,
  trade: Underlying,
): Promise<void> {
  if (caller.kind !== 'enterprise' || catalogue[head.type].balance !== 'lowers-corrected') return;
  const { by } = await latestVersion(work, head);
  if (by.mspId === caller.mspId && by.id === caller.person) throw new LedgerError('FOUR_EYES');
  const credit = trade.credits.find(({ fact }) => fact === head.id);
  const lowered = trade.rows.filter(({ names }) => credit !== undefined && names.includes(credit.link));
  // What carries the invoice's draws may be drawn on in its place.
  const beside = trade.rows.filter((row) =>
    lowered.some(
      (one) =>
        row.cites.some((text) => one.names.includes(text)) ||
        one.cites.some((text) => row.names.includes(text)),
    ),
  );
  if ([...lowered, ...beside].some((row) => used(trade, row) > 0n))
    throw new LedgerError('CREDIT_NOTE_IN_USE');
}
