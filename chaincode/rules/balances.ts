import { catalogue } from '../catalogue.js';
import { limitOf, overdrafts } from './evidence/limit.js';
import { doublyMarked, isMark } from './marks.js';
import type { RateTable } from './rates.js';
import type { BalanceRow, Trade } from './trade.js';

export { available, used } from './evidence/documents.js';
export type { BalanceRow, Draw, Priced, Trade } from './trade.js';

/**
 * What can still be drawn on a document, in its own currency or unit.
 *
 * @param share of what the documents state that may be used, in whole per cent.
 * @returns undefined where documents cannot be compared: a rate is missing, or two units of goods.
 */
export function remaining(trade: Trade, row: BalanceRow, rates: RateTable, share = 100n): bigint | undefined {
  return limitOf(trade, row, rates, share)?.left;
}

/**
 * The documents whose draws are no longer carried and those that should carry them; of marked documents those that were
 * cancelled, or whose goods back two payments. Facts, in the order of their ids.
 */
export function overdrawnFacts(trade: Trade, rates: RateTable): readonly string[] {
  const marked = new Set(trade.draws.filter(isMark).map(({ fact }) => fact));
  const cancelled = trade.rows.filter((row) => marked.has(row.fact) && row.cancelled);
  const found = [
    ...overdrafts(trade, rates).flatMap(({ drawn, documents }) => [...drawn, ...documents]),
    ...cancelled.map(({ fact }) => fact),
    ...doublyMarked(trade),
  ];
  return [...new Set(found)].sort();
}

/** Every currency that a comparison across the trade needs a rate for. */
export function currenciesOf({ rows, draws }: Trade): readonly string[] {
  const priced = [
    ...draws.flatMap(({ priced }) => priced ?? []),
    ...rows.flatMap(({ consumedPrice }) => consumedPrice ?? []),
  ];
  const money = [...rows.filter(isMoney), ...priced];
  return [...new Set(money.map(({ currency }) => currency))];
}

/** Whether the balance is an amount: quantities have no rate, and what states nothing enters no sum. */
function isMoney({ type, currency }: BalanceRow): boolean {
  const { balance } = catalogue[type];
  return balance === 'payable' || (balance === 'freight' && currency !== '');
}
