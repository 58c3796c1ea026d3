import { clockToleranceMs } from '../clock.js';
import type { LineTerms } from '../draws/draw.js';
import type { PreparedLine } from '../draws/prepare.js';
import type { FactHead } from '../facts/records.js';
import { type Call, isOwnName } from '../ledger/call.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { confirmedDebtAt } from './records.js';

/** Whether a bank may lend on an order: its buyer has confirmed it, to this bank if it named one. The balance says how much. */
export async function whyNotOnOrder({ work, caller }: Call, { id }: FactHead): Promise<LineTerms['refused']> {
  const confirmed = await work.read(confirmedDebtAt(id));
  if (confirmed === undefined) return { code: 'DEBT_NOT_CONFIRMED' };
  const isOthers = confirmed.payTo !== undefined && !isOwnName(caller, confirmed.payTo);
  return isOthers ? { code: 'DEBT_OF_OTHERS' } : undefined;
}

/**
 * Whether a bank may lend on a debt: its debtor has confirmed it, to this bank if it named one, and all that is lent and was
 * repaid on the invoice stays within what it has confirmed.
 */
export async function whyNotOnDebt(
  { work, caller, now }: Call,
  { minor, currency }: PreparedLine,
  { id, underlying }: FactHead,
): Promise<LineTerms['refused']> {
  const confirmed = await work.read(confirmedDebtAt(id));
  if (confirmed === undefined) return { code: 'DEBT_NOT_CONFIRMED' };
  if (confirmed.payTo !== undefined && !isOwnName(caller, confirmed.payTo)) return { code: 'DEBT_OF_OTHERS' };
  if (confirmed.currency !== currency) return { code: 'DEBT_NOT_CONFIRMED' };
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const drawn = trade.draws
    .filter(({ fact, through }) => fact === id || through === id)
    .reduce((sum, { amount }) => sum + amount, 0n);
  const consumed = trade.rows.find(({ fact }) => fact === id)?.consumed ?? 0n;
  return minor > confirmed.amount - drawn - consumed ? { code: 'EXCEEDS_CONFIRMED' } : undefined;
}
