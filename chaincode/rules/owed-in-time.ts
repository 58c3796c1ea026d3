import { exchange } from './exchange.js';
import { type Against, isOwedInTime, leftUntil } from './instalments.js';
import type { RateTable } from './rates.js';
import type { BalanceRow, Draw, Trade } from './trade.js';

/**
 * What a loan that falls due on a day may still draw of a record that is paid in instalments, in its currency. The record keeps
 * its one balance; this says besides by when how much of it may be lent.
 *
 * @returns `any` where the record says nothing of instalments; undefined where none falls due by that day.
 */
export function leftInTime(
  trade: Trade,
  row: BalanceRow,
  due: string,
  rates: RateTable,
): bigint | 'any' | undefined {
  return row.instalments === undefined
    ? 'any'
    : leftUntil(row.instalments, againstOf(trade, row, rates), due);
}

/** No more than what a loan may still draw in time of the record on which it lies, and of the one that it names. */
export function withinTime(
  trade: Trade,
  { fact, through, due }: Pick<Draw, 'fact' | 'through' | 'due'>,
  most: bigint,
  rates: RateTable,
): bigint {
  return due === undefined ? most : leastInTime(trade, recordsOf(trade, { fact, through }), due, most, rates);
}

/** The least that a loan may still draw in time of several records of one currency, and no more than `most`. */
export function leastInTime(
  trade: Trade,
  rows: readonly BalanceRow[],
  due: string,
  most: bigint,
  rates: RateTable,
): bigint {
  return rows.reduce((least, row) => {
    const left = leftInTime(trade, row, due, rates) ?? 0n;
    return left === 'any' || left > least ? least : left;
  }, most);
}

/** Whether what a draw holds is still owed in time: an authority may have put off what is to be paid. */
export function isStillInTime(trade: Trade, draw: Draw, rates: RateTable): boolean {
  const { due } = draw;
  if (due === undefined) return true;
  return recordsOf(trade, draw).every(
    (row) =>
      row.instalments === undefined || isOwedInTime(row.instalments, againstOf(trade, row, rates).draws, due),
  );
}

/** The records of a draw. One in another currency is not asked again: the rate may have moved since, and that is no delay. */
function recordsOf(
  { rows }: Trade,
  { fact, through }: Pick<Draw, 'fact' | 'through'>,
): readonly BalanceRow[] {
  const currency = rows.find((row) => row.fact === fact)?.currency;
  return rows.filter((row) => (row.fact === fact || row.fact === through) && row.currency === currency);
}

/** What lies on a record, itself or through it on the one beside it, in its own currency. */
function againstOf({ rows, draws }: Trade, row: BalanceRow, rates: RateTable): Against {
  const currencies = new Map(rows.map(({ fact, currency }) => [fact, currency]));
  const on = draws.filter(({ fact, through }) => fact === row.fact || through === row.fact);
  return {
    consumed: row.consumed,
    draws: on.map(({ fact, amount, due }) => ({
      amount: exchange(amount, currencies.get(fact) ?? row.currency, row.currency, rates).minor,
      due,
    })),
  };
}
