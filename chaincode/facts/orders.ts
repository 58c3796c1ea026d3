import { catalogue } from '../catalogue.js';
import { confirmedDebtAt } from '../debts/records.js';
import { LedgerError } from '../errors.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { available, currenciesOf, overdrawnFacts, remaining, type Trade } from '../rules/balances.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { isOrderText } from '../rules/links.js';
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
 * Its seller takes nothing of an order from under the banks: it is not taken back while something that is drawn on it, or
 * on what is invoiced of it, needs it. One that is gone would no longer lie below its invoices, and what is missing would
 * show on its neighbours only: so it is asked what an order that stays and states nothing would no longer carry.
 *
 * @throws LedgerError ORDER_DRAWN.
 */
export async function assertNotNeeded(work: UnitOfWork, fact: string, before: Trade): Promise<void> {
  const rows = before.rows.map((row) => (row.fact === fact ? { ...row, ceiling: 0n } : row));
  await assertStillEnough(work, fact, before, { ...before, rows });
}

/**
 * Nor is it lowered below what is drawn on it and on what is invoiced of it.
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

/**
 * That an invoice is of an order may be known from the seller's own copy alone. While a bank's money on the invoice takes
 * up the order, the copy goes on saying so. (A copy that is taken back goes on tying what it tied.)
 *
 * @throws LedgerError ORDER_DRAWN.
 */
export async function assertFreesNoOrder(work: UnitOfWork, before: Trade, after: Trade): Promise<void> {
  const orders = before.rows.filter(
    (row) => catalogue[row.type].dimension === 'order' && available(before, row) > 0n,
  );
  if (orders.length === 0) return;
  const rates = await ratesOf(work, currenciesOf(before));
  const isFreed = orders.some((row) => {
    const [earlier, later] = [remaining(before, row, rates), remaining(after, row, rates)];
    // Without a rate nobody can tell; then a tie that is given up counts as one that is needed.
    return earlier === undefined || later === undefined ? isUntied(before, after) : later > earlier;
  });
  if (isFreed) {
    throw new LedgerError('ORDER_DRAWN', {
      detail:
        'Money is out on an invoice that is of an order by what this copy says. It goes on saying so until the banks have let go.',
      field: 'cites',
    });
  }
}

/** Whether some paper names an order no more. */
function isUntied(before: Trade, after: Trade): boolean {
  return before.rows.some(({ fact, cites }) => {
    const now = after.rows.find((row) => row.fact === fact)?.cites ?? [];
    return cites.some((text) => isOrderText(text) && !now.includes(text));
  });
}
