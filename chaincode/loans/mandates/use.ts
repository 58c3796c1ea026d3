import type { Money } from '../../api.js';
import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { dateOf } from '../../rules/dates.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { loadMandate, changeMandate } from './write.js';
import type { Mandate } from './records.js';

/** A mandate that two people stand for. */
export type LiveMandate = Mandate & { readonly grantedBy: string };

/**
 * The mandate under which the gateway wants to decide.
 *
 * @param rules the rules by which it judged: a mandate stands for one version of them.
 * @throws LedgerError MANDATE_NOT_FOUND or MANDATE_NOT_LIVE.
 */
export async function liveMandate(
  call: Call,
  id: string | undefined,
  rules: string | undefined,
): Promise<LiveMandate> {
  if (id === undefined) throw new LedgerError('MANDATE_NOT_FOUND', { field: 'mandate' });
  const mandate = await loadMandate(call, id, 'mandate');
  const { grantedBy } = mandate;
  const isOver = dateOf(call.now) > mandate.validUntil;
  if (mandate.state !== 'granted' || grantedBy === undefined || isOver || mandate.rules !== rules) {
    throw new LedgerError('MANDATE_NOT_LIVE', { field: 'mandate' });
  }
  return { ...mandate, grantedBy };
}

/**
 * Takes an amount from what is left of a mandate. Reading it here makes two approvals at once a conflict.
 *
 * @throws LedgerError MANDATE_EXCEEDED, also for another currency.
 */
export function useMandate(call: Call, mandate: LiveMandate, amount: Money): void {
  const { minor, currency } = parseMoney(amount, 'outcome.terms.amount');
  const largest = parseMoney(mandate.largest, 'largest');
  const left = parseMoney(mandate.left, 'left', 'allow-zero');
  if (currency !== largest.currency || minor > largest.minor || minor > left.minor) {
    throw new LedgerError('MANDATE_EXCEEDED', { field: 'outcome.terms.amount' });
  }
  changeMandate(call, mandate, { left: formatMoney(left.minor - minor, currency) });
}
