import { confirmedDebtAt } from '../debts/records.js';
import { LedgerError } from '../errors.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { available, currenciesOf, overdrawnFacts, type Trade } from '../rules/balances.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { ratesOf } from '../underlyings/rates.js';
import type { FactVersion } from './records.js';

/**
 * An order that is confirmed stays its buyer's: who else were named as the buyer has confirmed nothing.
 *
 * @throws LedgerError ORDER_CONFIRMED.
 */
export async function assertSameBuyer(
  work: UnitOfWork,
  keys: Fingerprints,
  fact: string,
  { buyer }: FactVersion['content'],
): Promise<void> {
  const confirmed = await work.read(confirmedDebtAt(fact));
  if (confirmed === undefined) return;
  const ids = buyer ? [{ scheme: buyer.scheme, id: buyer.id }, ...(buyer.otherIds ?? [])] : [];
  if (!(await isSameFirm(work, keys, ids, confirmed.debtor))) {
    throw new LedgerError('ORDER_CONFIRMED', { field: 'buyer' });
  }
}

/**
 * Its seller takes nothing of an order from under the banks: it is not lowered below what is drawn on it and on what is
 * invoiced of it, nor taken back while something is.
 *
 * @throws LedgerError ORDER_DRAWN.
 */
export async function assertStillEnough(
  work: UnitOfWork,
  fact: string,
  before: Trade,
  after: Trade,
): Promise<void> {
  const [earlier, later] = [before, after].map((trade) => {
    const row = trade.rows.find((one) => one.fact === fact);
    return row === undefined ? 0n : available(trade, row);
  });
  if (earlier === undefined || later === undefined || later >= earlier) return;
  const rates = await ratesOf(work, currenciesOf(after));
  if (overdrawnFacts(after, rates).includes(fact)) throw new LedgerError('ORDER_DRAWN');
}
