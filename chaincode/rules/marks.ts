import { catalogue } from '../catalogue.js';
import { type BalanceRow, isMark, type Trade } from './balances.js';
import { twinsOf } from './trades.js';

/**
 * Whether a document, or another one that speaks of the same goods, backs a payment already. Documents of one type in
 * one trade are parts of it, and each may back its own payment, unless one restates the other or they are twins.
 */
export function isMarked(trade: Trade, row: BalanceRow): boolean {
  const twins = twinsOf(trade, row.fact);
  return trade.draws.filter(isMark).some(({ fact }) => {
    if (fact === row.fact || twins.includes(fact)) return true;
    const other = trade.rows.find((one) => one.fact === fact);
    if (other === undefined || catalogue[other.type].section !== 'transport') return false;
    return other.type !== row.type || other.restates !== row.restates;
  });
}
