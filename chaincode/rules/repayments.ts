/** The part of a claim that lies on one document. */
export interface RepayableLine {
  readonly amount: bigint;
  readonly outstanding: bigint;
  /** What the whole line drew of its document, and what it still holds, in the document's currency. */
  readonly drawn: bigint;
  readonly held: bigint;
}

/**
 * Distributes a repayment over the lines of a claim, in their order. What a line keeps holding is in proportion to
 * what is outstanding, and a fraction of a minor unit is kept: rounding is against the borrower.
 *
 * @param amount no more than what is outstanding altogether.
 */
export function repaid<T extends RepayableLine>(lines: readonly T[], amount: bigint): T[] {
  let rest = amount;
  return lines.map((line) => {
    const part = rest < line.outstanding ? rest : line.outstanding;
    rest -= part;
    const outstanding = line.outstanding - part;
    return { ...line, outstanding, held: (line.drawn * outstanding + line.amount - 1n) / line.amount };
  });
}
