import { catalogue } from '../catalogue.js';
import type { BalanceRow, Draw, Trade } from './trade.js';
import { twinsOf } from './trades.js';

/** Whether a draw only marks its document: its amount is that of the payment, not a part of the balance. */
export function isMark({ kind }: Draw): boolean {
  return kind === 'mark';
}

/**
 * Whether a document, or another one that speaks of the same goods, backs a payment already. Documents of one type in
 * one trade are parts of it, and each may back its own payment, unless one restates the other or they are twins.
 *
 * @param except a payment whose own marks do not count.
 */
export function isMarked(trade: Trade, row: BalanceRow, except?: string): boolean {
  const twins = twinsOf(trade, row.fact);
  return trade.draws.filter(isMark).some(({ claim, fact }) => {
    if (claim === except) return false;
    if (fact === row.fact || twins.includes(fact)) return true;
    const other = trade.rows.find((one) => one.fact === fact);
    if (other === undefined || catalogue[other.type].section !== 'transport') return false;
    return other.type !== row.type || other.restates !== row.restates;
  });
}

/**
 * Marked documents whose goods back two payments. No payment could be marked so; it shows when a link joins two trades
 * or an amendment lists the same containers.
 */
export function doublyMarked(trade: Trade): readonly string[] {
  const marks = trade.draws.filter(isMark);
  if (new Set(marks.map(({ claim }) => claim)).size < 2) return [];
  return marks.flatMap(({ claim, fact }) => {
    const row = trade.rows.find((one) => one.fact === fact);
    return row !== undefined && isMarked(trade, row, claim) ? [fact] : [];
  });
}
