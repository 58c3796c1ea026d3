import { balanceEffect, type ReleaseReason } from './claim-ends.js';
import { linesAfter, type RepayableLine, shareDrawn } from './repayments.js';

/** A line of a claim, with what a release of it depends on. */
export interface StandingLine extends RepayableLine {
  readonly revolving: boolean;
}

/** One repayment, as far as it decides where the claim stands. */
export interface Entry {
  /** All the money that came, in the currency of the claim. */
  readonly amount: bigint;
  /** The places of the lines that it was for; without them all receivables in their order. */
  readonly to?: readonly number[] | undefined;
  readonly effect: ReleaseReason;
  /** What its surplus used up of the document, in the document's currency. */
  readonly used?: bigint | undefined;
}

/** Where a claim stands after its repayments. */
export interface Standing<T extends StandingLine> {
  readonly outstanding: bigint;
  readonly lines: readonly T[];
  /** Of each line, what its repayments have used up of the document for good: its own draw and a surplus. */
  readonly consumed: readonly bigint[];
  /** Of each entry, what of it repaid nothing, and what that has used up. */
  readonly surpluses: readonly { readonly surplus: bigint; readonly used: bigint }[];
  /** What brought the last of it, where nothing is owed any more. */
  readonly settledBy?: ReleaseReason | undefined;
}

/**
 * Plays the repayments of a claim again from the day of its payout, one after the other. A correction leaves one of them
 * out, so that the claim stands as if it had never been recorded: what a later one brought beyond what was owed then may
 * repay something now.
 *
 * @param lines as they are in any later version of the claim.
 */
export function standingAfter<T extends StandingLine>(
  { amount, lines }: { readonly amount: bigint; readonly lines: readonly T[] },
  entries: readonly Entry[],
): Standing<T> {
  let now: readonly T[] = lines.map((line) => ({ ...line, outstanding: line.amount, held: line.drawn }));
  let outstanding = amount;
  const consumed = lines.map(() => 0n);
  const surpluses: { surplus: bigint; used: bigint }[] = [];
  let settledBy: ReleaseReason | undefined;
  for (const entry of entries) {
    const paid = entry.to?.flatMap((place) => now[place] ?? []);
    const owed = paid?.reduce((sum, line) => sum + line.outstanding, 0n) ?? outstanding;
    const repaid = lower(entry.amount, owed);
    const after = linesAfter({ amount, outstanding, lines: now }, repaid, { paid });
    for (const [place, line] of now.entries()) {
      const released = line.held - (after[place]?.held ?? 0n);
      if (balanceEffect(entry.effect, line) === 'consumed')
        consumed[place] = (consumed[place] ?? 0n) + released;
    }
    const [debt] = entry.to ?? [];
    const surplus = entry.amount - repaid;
    const used = usedBy(entry, surplus, debt === undefined ? undefined : lines[debt]);
    if (debt !== undefined) consumed[debt] = (consumed[debt] ?? 0n) + used;
    surpluses.push({ surplus, used });
    now = after;
    outstanding -= repaid;
    if (outstanding === 0n) settledBy ??= entry.effect;
  }
  return { outstanding, lines: now, consumed, surpluses, settledBy };
}

/** A surplus uses up no more than it did when it was recorded: what was left then was all there was. */
function usedBy({ used = 0n }: Entry, surplus: bigint, debt: StandingLine | undefined): bigint {
  return surplus === 0n || debt === undefined ? 0n : lower(used, shareDrawn(debt, surplus));
}

function lower(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
