import type { LineRole } from '../catalogue.js';
import { balanceEffect, type ReleaseReason } from './claim-ends.js';
import type { BalanceRow, Draw, Priced, Trade } from './trade.js';

/** An empty trade, before its first document. */
export const emptyTrade: Trade = { rows: [], credits: [], draws: [] };

/** All evidence and all draws of several trades that turn out to be one. */
export function joined(trades: readonly Trade[]): Trade {
  const twins = trades.flatMap((trade) => trade.twins ?? []);
  const holds = [...new Set(trades.flatMap((trade) => trade.holds ?? []))];
  return {
    ...(holds.length > 0 && { holds }),
    ...(twins.length > 0 && { twins }),
    rows: trades.flatMap(({ rows }) => rows),
    credits: trades.flatMap(({ credits }) => credits),
    draws: trades.flatMap(({ draws }) => draws),
  };
}

/** How much a trade carries: the heavier one keeps its place when two are joined. */
export function weight({ rows, credits, draws }: Trade): number {
  return rows.length + credits.length + draws.length;
}

/** Whether a release gives the balance back or uses it up for good; what is only held is not released. */
export function releaseEffect(
  reason: ReleaseReason,
  line: { readonly role: LineRole; readonly revolving: boolean },
): 'restored' | 'consumed' {
  return balanceEffect(reason, line) === 'consumed' ? 'consumed' : 'restored';
}

/** The same of the price beside goods that are let go of: goods that were sold are not sold again. */
export function priceEffect(reason: ReleaseReason): 'restored' | 'consumed' {
  return releaseEffect(reason, { role: 'receivable', revolving: false });
}

/** Which draw of a claim: by its document, and by the one through which it was named. */
export interface DrawnLine {
  readonly fact: string;
  readonly through?: string | undefined;
}

/** A line whose draw is changed. */
interface ChangedLine extends DrawnLine {
  /** It waits for its document, and keeps a draw of nothing: by its draws a document that comes finds what waits for it. */
  readonly waits?: boolean | undefined;
}

/** Whether a draw is that of this line of a claim. */
export function isDrawOf(draw: Draw, claim: string, { fact, through }: DrawnLine): boolean {
  return draw.drawnBy === claim && draw.fact === fact && draw.through === through;
}

/**
 * Lowers what a claim holds of a document to `left`; the difference is restored or consumed.
 *
 * @param price what becomes of the price beside goods, once a loan on goods alone lets go of them.
 */
export function lowerDraw(
  trade: Trade,
  claim: string,
  line: ChangedLine,
  left: bigint,
  effect: 'restored' | 'consumed',
  price: 'restored' | 'consumed' = 'restored',
): Trade {
  const draw = trade.draws.find((one) => isDrawOf(one, claim, line));
  if (draw === undefined) return trade;
  const released = draw.amount - left;
  return {
    ...trade,
    draws: trade.draws.flatMap((one) =>
      one === draw ? (left === 0n && line.waits !== true ? [] : [{ ...one, amount: left }]) : [one],
    ),
    rows: trade.rows.map((row) => {
      if (row.fact !== line.fact) return row;
      const sold = price === 'consumed' && left === 0n ? draw.priced : undefined;
      return {
        ...row,
        consumed: effect === 'consumed' ? row.consumed + released : row.consumed,
        ...(sold && { consumedPrice: [...(row.consumedPrice ?? []), sold] }),
      };
    }),
  };
}

/**
 * The trade in which a draw holds this much; where it had gone it is made again, and of nothing there is none.
 *
 * @param waits for its document: of that there is a draw of nothing, too.
 */
export function withDraw(trade: Trade, draw: Draw, waits = false): Trade {
  const isDraw = draw.amount > 0n || waits;
  const known = trade.draws.find((one) => isDrawOf(one, draw.drawnBy, draw));
  if (known === undefined) return isDraw ? { ...trade, draws: [...trade.draws, draw] } : trade;
  const changed = isDraw ? [{ ...known, amount: draw.amount }] : [];
  return { ...trade, draws: trade.draws.flatMap((one) => (one === known ? changed : [one])) };
}

/**
 * The trade in which more of a document is used up for good.
 *
 * @param more in the document's currency; negative for less.
 * @param price what a loan on goods alone had used up of the price beside them, and has no more.
 */
export function withUsedUp(trade: Trade, fact: string, more: bigint, price?: Priced): Trade {
  const rows = trade.rows.map((row) => (row.fact === fact ? lessConsumed(row, more, price) : row));
  return { ...trade, rows };
}

function lessConsumed(row: BalanceRow, more: bigint, price: Priced | undefined): BalanceRow {
  const consumed = row.consumed + more;
  const prices = row.consumedPrice ?? [];
  const gone = prices.findIndex((one) => one.currency === price?.currency && one.amount === price.amount);
  const left = prices.filter((_one, place) => place !== gone);
  return {
    ...row,
    consumed: consumed > 0n ? consumed : 0n,
    ...(gone >= 0 && { consumedPrice: left.length > 0 ? left : undefined }),
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

/** The trade with what is known now of the twins of one document. */
export function withTwins(trade: Trade, fact: string, others: readonly string[]): Trade {
  const rest = (trade.twins ?? []).filter((pair) => !pair.includes(fact));
  const twins = [...rest, ...others.map((other) => [fact, other] as const)];
  return { ...trade, twins: twins.length > 0 ? twins : undefined };
}

/** The documents that list the same goods as this one without citing it, as far as is known. */
export function twinsOf({ twins = [] }: Trade, fact: string): readonly string[] {
  return twins.filter((pair) => pair.includes(fact)).map(([one, other]) => (one === fact ? other : one));
}

/**
 * Those of them that have not been taken back, or on which something is still drawn. Where a trade was full, the document
 * has one of its own, and its twins lie elsewhere.
 */
export function standingTwinsOf(trade: Trade, fact: string): readonly string[] {
  const rows = new Map(trade.rows.map((row) => [row.fact, row]));
  const isDrawn = (twin: string) => trade.draws.some((draw) => draw.fact === twin);
  return twinsOf(trade, fact).filter((twin) => rows.get(twin)?.cancelled !== true || isDrawn(twin));
}
