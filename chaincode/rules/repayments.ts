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

/** How a repayment is applied. */
export interface Applied<T extends RepayableLine> {
  /** The receivables to which the money goes, in their order; without them to all. */
  readonly paid?: readonly T[] | undefined;
  /** Lines that go on holding what they hold, although they stand for less: nothing is given back in a dispute. */
  readonly keeps?: (line: T) => boolean;
}

/**
 * The lines of a claim when less is outstanding than before. A repayment goes to the receivables that were paid; cover
 * follows the receivables that it covers; goods stay pledged until nothing is outstanding. What a line keeps holding is in
 * proportion to what it still stands for, and a fraction is kept: rounding is against the borrower.
 *
 * @param repaid no more than what is outstanding of the receivables that were paid, or of the whole claim.
 */
export function linesAfter<T extends RepayableLine>(
  claim: Repayable<T>,
  repaid: bigint,
  { paid, keeps = () => false }: Applied<T> = {},
): T[] {
  const isSettled = claim.outstanding === repaid;
  let rest = repaid;
  const lines = claim.lines.map((line) => {
    if (line.role === 'cover') return line;
    if (line.role === 'collateral') return { ...line, outstanding: isSettled ? 0n : line.outstanding };
    const part = paid?.includes(line) === false ? 0n : lower(rest, line.outstanding);
    rest -= part;
    return { ...line, outstanding: line.outstanding - part };
  });
  return lines.map((line, index) => {
    const before = claim.lines[index] ?? line;
    const after = line.role === 'cover' ? { ...line, outstanding: coverOutstanding(line, lines) } : line;
    const released = dueToHold(before) - dueToHold(after);
    return keeps(before) ? after : { ...after, held: before.held - lower(released, before.held) };
  });
}

/** What a line has to hold of its document for what it stands for. */
export function dueToHold({ drawn, outstanding, amount }: RepayableLine): bigint {
  return ceilDivide(drawn * outstanding, amount);
}

/** So much of the claim's currency as a part of what the line drew of its document, rounded against the borrower. */
export function shareDrawn({ drawn, amount }: Pick<RepayableLine, 'drawn' | 'amount'>, part: bigint): bigint {
  return ceilDivide(drawn * part, amount);
}

function lower(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
