import { dueToHold, type RepayableLine } from './repayments.js';

/**
 * The line on an order when so much of it is moved onto an invoice: it stands for less, and holds in proportion. What had
 * been repaid on it stays with it.
 *
 * @param moved in the currency of the claim; no more than is outstanding.
 * @returns undefined where nothing of the line is left.
 */
export function withoutMoved<T extends RepayableLine>(line: T, moved: bigint): T | undefined {
  const amount = line.amount - moved;
  if (amount === 0n) return undefined;
  // A fraction stays on the order: rounding is against the borrower.
  const drawn = (line.drawn * amount + line.amount - 1n) / line.amount;
  const rest = { ...line, amount, drawn, outstanding: line.outstanding - moved };
  const due = dueToHold(rest);
  return { ...rest, held: due < line.held ? due : line.held };
}

/** A line to which more of the same document is added. */
export function withMore<T extends RepayableLine>(line: T, more: RepayableLine): T {
  return {
    ...line,
    amount: line.amount + more.amount,
    outstanding: line.outstanding + more.outstanding,
    drawn: line.drawn + more.drawn,
    held: line.held + more.held,
  };
}
