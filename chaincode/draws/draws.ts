import type { Call } from '../ledger/call.js';
import type { Underlying } from '../underlyings/records.js';
import type { Trade } from '../rules/balances.js';
import { dueToHold } from '../rules/repayments.js';
import type { ReleaseReason } from '../rules/claim-ends.js';
import { lowerDraw, priceEffect, releaseEffect } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import type { DrawnLine } from './records.js';

/** A claim or payment, as far as it draws. */
interface Drawing {
  readonly id: string;
  readonly lines: readonly DrawnLine[];
}

/** Applies a change to the trades of a claim, line by line; every trade is read and stored once. */
export async function changeDraws(
  { work }: Pick<Call, 'work'>,
  lines: readonly DrawnLine[],
  change: (trade: Trade, line: DrawnLine) => Trade | Promise<Trade>,
): Promise<void> {
  const trades = new Map<string, Underlying>();
  for (const line of lines) {
    const root = await loadUnderlying(work, line.underlying);
    const trade = trades.get(root.id) ?? root;
    trades.set(root.id, { ...trade, ...(await change(trade, line)) });
  }
  for (const trade of trades.values()) await storeWithAlerts(work, trade);
}

/** Lets go of everything that a claim holds; returns what changes of the claim. */
export async function releaseDraws(
  call: Call,
  claim: Drawing,
  reason: ReleaseReason,
): Promise<{ lines: DrawnLine[]; outstanding: bigint }> {
  await changeDraws(call, claim.lines, (trade, line) =>
    lowerDraw(trade, claim.id, line, 0n, releaseEffect(reason, line), priceEffect(reason)),
  );
  return withNothingHeld(claim);
}

/** Gives back what a claim held on to only because it was in dispute; returns what changes of the claim. */
export async function settleHeld(call: Call, claim: Drawing): Promise<{ lines: DrawnLine[] }> {
  const due = (line: DrawnLine) => {
    const needed = dueToHold(line);
    return needed < line.held ? needed : line.held;
  };
  const freed = claim.lines.filter((line) => due(line) < line.held);
  await changeDraws(call, freed, (trade, line) => lowerDraw(trade, claim.id, line, due(line), 'restored'));
  return { lines: claim.lines.map((line) => ({ ...line, held: due(line) })) };
}

/** A claim from which everything that it held has gone. */
export function withNothingHeld({ lines }: Pick<Drawing, 'lines'>): {
  lines: DrawnLine[];
  outstanding: bigint;
} {
  return { outstanding: 0n, lines: lines.map((line) => ({ ...line, outstanding: 0n, held: 0n })) };
}
