import type { LineRole } from '../catalogue.js';
import { type Covered, coverOutstanding } from './cover-allocation.js';

/** The part of a claim that lies on one document. */
export interface RepayableLine {
  readonly role: LineRole;
  readonly fact: string;
  readonly amount: bigint;
  /** What of the amount the line still stands for. */
  readonly outstanding: bigint;
  /** What the whole line drew of its document, and what it still holds, in the document's currency or unit. */
  readonly drawn: bigint;
  readonly held: bigint;
  /** Of cover: which receivables it covers, and how much of each. */
  readonly covers?: readonly Covered[] | undefined;
}

/** A claim with everything that it draws on. */
export interface Repayable<T extends RepayableLine> {
  readonly amount: bigint;
  readonly outstanding: bigint;
  readonly lines: readonly T[];
}

/**
 * The lines of a claim when less is outstanding than before. A repayment goes to the receivables in their order; cover
 * follows the receivables that it covers; goods stay pledged until nothing is outstanding. What a line keeps holding is in
 * proportion to what it still stands for, and a fraction is kept: rounding is against the borrower.
 *
 * @param outstanding of the whole claim after the repayment, no more than before.
 */
export function linesAfter<T extends RepayableLine>(claim: Repayable<T>, outstanding: bigint): T[] {
  let rest = claim.outstanding - outstanding;
  const lines = claim.lines.map((line) => {
    if (line.role === 'cover') return line;
    if (line.role === 'collateral') return holding(line, outstanding === 0n ? 0n : line.outstanding);
    const part = rest < line.outstanding ? rest : line.outstanding;
    rest -= part;
    return holding(line, line.outstanding - part);
  });
  return lines.map((line) => (line.role === 'cover' ? holding(line, coverOutstanding(line, lines)) : line));
}

function holding<T extends RepayableLine>(line: T, outstanding: bigint): T {
  return { ...line, outstanding, held: ceilDivide(line.drawn * outstanding, line.amount) };
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
