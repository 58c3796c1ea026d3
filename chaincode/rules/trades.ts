import type { LineRole } from '../catalogue.js';
import type { Trade } from './balances.js';

/** An empty trade, before its first document. */
export const emptyTrade: Trade = { rows: [], credits: [], draws: [] };

/** All evidence and all draws of several trades that turn out to be one. */
export function joined(trades: readonly Trade[]): Trade {
  return {
    rows: trades.flatMap(({ rows }) => rows),
    credits: trades.flatMap(({ credits }) => credits),
    draws: trades.flatMap(({ draws }) => draws),
  };
}

/** How much a trade carries: the heavier one keeps its place when two are joined. */
export function weight({ rows, credits, draws }: Trade): number {
  return rows.length + credits.length + draws.length;
}

/** Why a claim lets go of what it holds. */
export type ReleaseReason = 'never-disbursed' | 'proceeds' | 'indemnity' | 'own-funds' | 'own-funds-late';

/** Whether a release gives the balance back or uses it up for good. */
export function releaseEffect(
  reason: ReleaseReason,
  { role, revolving }: { readonly role: LineRole; readonly revolving: boolean },
): 'restored' | 'consumed' {
  // What the insurer has paid, it does not cover a second time; goods are free whoever paid.
  if (reason === 'indemnity') return role === 'collateral' ? 'restored' : 'consumed';
  if (revolving) return 'restored';
  // After the due date the debtor should have paid: a receivable redeemed by the firm itself is not offered again.
  return reason === 'proceeds' || reason === 'own-funds-late' ? 'consumed' : 'restored';
}

/** Lowers what a claim holds of a document to `left`; the difference is restored or consumed. */
export function lowerDraw(
  trade: Trade,
  claim: string,
  fact: string,
  left: bigint,
  effect: 'restored' | 'consumed',
): Trade {
  const draw = trade.draws.find((one) => one.claim === claim && one.fact === fact);
  if (draw === undefined) return trade;
  const released = draw.amount - left;
  return {
    ...trade,
    draws: trade.draws.flatMap((one) =>
      one === draw ? (left === 0n ? [] : [{ ...one, amount: left }]) : [one],
    ),
    rows:
      effect === 'restored'
        ? trade.rows
        : trade.rows.map((row) => (row.fact === fact ? { ...row, consumed: row.consumed + released } : row)),
  };
}

/**
 * Drops reservations that have lapsed. They count as lapsed only after the tolerance for wrong clocks, so that nobody
 * can shorten another bank's reservation with a timestamp from the future.
 */
export function withoutLapsed(trade: Trade, now: number, tolerance: number): Trade {
  const draws = trade.draws.filter(({ until }) => until === undefined || until + tolerance >= now);
  return draws.length === trade.draws.length ? trade : { ...trade, draws };
}
