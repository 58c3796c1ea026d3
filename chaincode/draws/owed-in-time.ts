import type { BalanceRow, Trade } from '../rules/balances.js';
import { leftInTime } from '../rules/owed-in-time.js';
import type { RateTable } from '../rules/rates.js';
import { shownBalance } from '../rules/shown-balance.js';
import { LineRefusal } from './line-refusal.js';

/** What is about to be drawn on one record. */
export interface DrawnOn {
  readonly row: BalanceRow;
  /** Minor units of its currency. */
  readonly amount: bigint;
}

/**
 * A loan on a document that is paid in instalments is repaid by what falls due until then.
 *
 * @param drawnOn the record that the line names, and the one that carries it.
 * @param due when the loan falls due.
 * @throws LineRefusal NO_INSTALMENT_DUE or EXCEEDS_INSTALMENTS.
 */
export function assertOwedInTime(
  trade: Trade,
  drawnOn: readonly DrawnOn[],
  due: string,
  rates: RateTable,
): void {
  for (const { row, amount } of drawnOn) {
    const left = leftInTime(trade, row, due, rates);
    if (left === undefined) throw new LineRefusal('NO_INSTALMENT_DUE');
    if (left !== 'any' && amount > left) {
      throw new LineRefusal('EXCEEDS_INSTALMENTS', shownBalance(row.type, left, row.currency));
    }
  }
}
