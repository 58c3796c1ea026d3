import type { LineRole } from '../catalogue.js';

/** The part of a claim that lies on one document. */
export interface RepayableLine {
  readonly role: LineRole;
  readonly amount: bigint;
  /** What of the amount the line still stands for. */
  readonly outstanding: bigint;
  /** What the whole line drew of its document, and what it still holds, in the document's currency or unit. */
  readonly drawn: bigint;
  readonly held: bigint;
}

/** A claim with everything that it draws on. */
export interface Repayable<T extends RepayableLine> {
  readonly amount: bigint;
  readonly outstanding: bigint;
  readonly lines: readonly T[];
}

/** How a repayment is applied. */
export interface Applied<T extends RepayableLine> {
  /** The receivable that was paid; without it the money goes to the receivables in their order. */
  readonly paid?: T | undefined;
  /** Lines that go on holding what they hold, although they stand for less: nothing is given back in a dispute. */
  readonly keeps?: (line: T) => boolean;
}

/**
 * The lines of a claim when less is outstanding than before. A repayment goes to the receivable that was paid; cover
 * follows in proportion to what is outstanding of the whole claim; goods stay pledged until nothing is. What a line
 * keeps holding is in proportion to what it still stands for, and a fraction is kept: rounding is against the borrower.
 *
 * @param repaid no more than what is outstanding of the receivable that was paid, or of the whole claim.
 */
export function linesAfter<T extends RepayableLine>(
  claim: Repayable<T>,
  repaid: bigint,
  { paid, keeps = () => false }: Applied<T> = {},
): T[] {
  const outstanding = claim.outstanding - repaid;
  let rest = repaid;
  const standingFor = (line: T): bigint => {
    if (line.role === 'cover') return ceilDivide(line.amount * outstanding, claim.amount);
    if (line.role === 'collateral') return outstanding === 0n ? 0n : line.outstanding;
    if (paid !== undefined && line !== paid) return line.outstanding;
    const part = rest < line.outstanding ? rest : line.outstanding;
    rest -= part;
    return line.outstanding - part;
  };
  return claim.lines.map((line) => {
    const next = { ...line, outstanding: standingFor(line) };
    const released = dueToHold(line) - dueToHold(next);
    return keeps(line) ? next : { ...next, held: line.held > released ? line.held - released : 0n };
  });
}

/** What a line has to hold of its document for what it stands for. */
export function dueToHold({ drawn, outstanding, amount }: RepayableLine): bigint {
  return ceilDivide(drawn * outstanding, amount);
}

/** So much of the claim's currency as a part of what the line drew of its document, rounded against the borrower. */
export function shareDrawn({ drawn, amount }: RepayableLine, part: bigint): bigint {
  return ceilDivide(drawn * part, amount);
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
