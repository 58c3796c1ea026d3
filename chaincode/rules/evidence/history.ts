import type { RateTable } from '../rates.js';
import type { Trade } from '../trade.js';
import { type Cause, causesBetween, type Moment } from './causes.js';
import { type Limit, limitOf } from './limit.js';

/** What the ledger held of a document's trade after one transaction. */
export interface TradeVersion {
  /** RFC 3339. */
  readonly at: string;
  readonly transactionId: string;
  readonly trade: Trade & { readonly overdrawn: readonly string[] };
  readonly rates: RateTable;
}

/** A limit that rose or fell, what bound it from then on, and what it came from. */
export interface LimitChange {
  readonly at: string;
  readonly transactionId: string;
  readonly causes: readonly Cause[];
  /** Undefined where the documents cannot be compared: a rate is missing, or two units of goods. */
  readonly limit: Limit | undefined;
  /** Currency or unit in which the limit is counted. */
  readonly currency: string;
  /** Whether draws on the document, or on those that it should carry, are not carried. */
  readonly overdrawn: boolean;
}

/**
 * Tells how the limit of a document came to be what it is: one entry for each version of its trade after which something
 * else was left of it, other documents bound it, or an overdraft began or ended. Versions that changed nothing of this are
 * passed over, with what caused them.
 *
 * @param versions of the trade in which the document was, in the order of the ledger; those without it are passed over.
 * @param earlier the version before the first of them, where they are not all.
 */
export function limitChanges(
  fact: string,
  versions: Iterable<TradeVersion>,
  earlier?: Moment,
): readonly LimitChange[] {
  const changes: LimitChange[] = [];
  let before = earlier;
  for (const { at, transactionId, trade, rates } of versions) {
    const row = trade.rows.find((one) => one.fact === fact);
    if (row === undefined) continue;
    const change: LimitChange = {
      at,
      transactionId,
      causes: causesBetween(before, { trade, rates }, fact),
      limit: limitOf(trade, row, rates),
      currency: row.currency,
      overdrawn: trade.overdrawn.includes(fact),
    };
    const last = changes.at(-1);
    if (last === undefined || textOf(last) !== textOf(change)) changes.push(change);
    before = { trade, rates };
  }
  return changes;
}

function textOf({ limit, currency, overdrawn }: LimitChange): string {
  return JSON.stringify([limit?.left.toString(), limit?.limitedBy, currency, overdrawn]);
}
