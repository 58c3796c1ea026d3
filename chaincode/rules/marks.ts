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
 * @param own a payment whose own marks do not count, nor those of its other instalments.
 */
export function isMarked(trade: Trade, row: BalanceRow, own?: Marking): boolean {
  const twins = twinsOf(trade, row.fact);
  return trade.draws.filter(isMark).some((mark) => {
    if (own !== undefined && isOneSale(mark, own)) return false;
    const { fact } = mark;
    if (fact === row.fact || twins.includes(fact)) return true;
    const other = trade.rows.find((one) => one.fact === fact);
    if (other === undefined || catalogue[other.type].section !== 'transport') return false;
    return other.type !== row.type || other.restates !== row.restates;
  });
}

/**
 * Marked documents whose goods back two payments that are no instalments of one sale. No payment could be marked so; it shows when a link joins two trades
 * or an amendment lists the same containers.
 */
export function doublyMarked(trade: Trade): readonly string[] {
  const marks = trade.draws.filter(isMark);
  if (new Set(marks.map(({ drawnBy }) => drawnBy)).size < 2) return [];
  return marks.flatMap((mark) => {
    const row = trade.rows.find((one) => one.fact === mark.fact);
    return row !== undefined && isMarked(trade, row, mark) ? [mark.fact] : [];
  });
}

/** A payment, as far as it marks. */
export type Marking = Pick<Draw, 'drawnBy' | 'owner' | 'against'> & {
  /** Further names under which the paying bank has marked: of members that it has succeeded. */
  readonly names?: readonly string[];
};

/** Whether two marks are of one payment, or of instalments that one bank pays on one invoice, which states the most of all. */
function isOneSale(mark: Marking, other: Marking): boolean {
  if (mark.drawnBy === other.drawnBy) return true;
  const isOneBank = mark.owner === other.owner || other.names?.includes(mark.owner) === true;
  return mark.against !== undefined && mark.against === other.against && isOneBank;
}
