import { catalogue, type Dimension } from '../catalogue.js';
import type { FactType } from '../api.js';
import { commonBase, type RateTable, unitValue } from './rates.js';

/** What one document of a trade allows, and what has been used up for good. */
export interface BalanceRow {
  readonly fact: string;
  readonly type: FactType;
  /** The link text of the invoice family by which credit notes find the row. */
  readonly link: string;
  /** Currency of the amount, or unit of the quantity. */
  readonly currency: string;
  /** What is payable by the document's latest version, minor units; thousandths of the unit of a quantity. */
  readonly ceiling: bigint;
  /** Repaid out of the proceeds: this part of the receivable no longer exists. */
  readonly consumed: bigint;
  readonly cancelled: boolean;
}

/** A credit note: it lowers every row with its link, also one that is recorded later. */
export interface Credit {
  readonly fact: string;
  readonly link: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly cancelled: boolean;
}

/** What a live claim or a payment holds of one document. */
export interface Draw {
  /** The claim or payment. */
  readonly claim: string;
  /** Absent: a claim. */
  readonly kind?: 'payment' | undefined;
  readonly owner: string;
  readonly fact: string;
  /** Minor units of the document's currency. */
  readonly amount: bigint;
  /** Milliseconds since 1970 when a reservation lapses; absent once accepted. */
  readonly until?: number | undefined;
}

/** One trade: all documents that are evidence of the same goods, and everything drawn on them. */
export interface Trade {
  readonly rows: readonly BalanceRow[];
  readonly credits: readonly Credit[];
  readonly draws: readonly Draw[];
}

/** What a document still allows after its credit notes; nothing once cancelled, never less than nothing. */
export function available(trade: Trade, row: BalanceRow): bigint {
  if (row.cancelled) return 0n;
  const credits = trade.credits.filter(({ link, cancelled }) => link === row.link && !cancelled);
  // A credit in another currency cannot be set off exactly: the invoice then needs a new version from its authority.
  if (credits.some(({ currency }) => currency !== row.currency)) return 0n;
  const left = credits.reduce((rest, { amount }) => rest - amount, row.ceiling);
  return left > 0n ? left : 0n;
}

/** What has been used of a document: consumed for good or held by live claims. */
export function used(trade: Trade, row: BalanceRow): bigint {
  return trade.draws.reduce((sum, draw) => (draw.fact === row.fact ? sum + draw.amount : sum), row.consumed);
}

/**
 * What can still be drawn on a document, in its own currency: the lower of what the document and what its trade allow.
 * Negative when more is drawn than is left.
 *
 * @param share of what the documents state that may be used, in whole per cent.
 * @returns undefined when the trade has several currencies and a rate is missing.
 */
export function remaining(trade: Trade, row: BalanceRow, rates: RateTable, share = 100n): bigint | undefined {
  const own = (available(trade, row) * share) / 100n - used(trade, row);
  if (!isMoney(row)) return own;
  const { dimension } = catalogue[row.type];
  const base = commonBase(currenciesOf(trade), rates);
  const unit = base === undefined ? undefined : unitValue(row.currency, base, rates);
  const left = base === undefined ? undefined : tradeRemaining(trade, dimension, base, rates, share);
  if (unit === undefined || left === undefined) return undefined;
  const joint = floorDivide(left, unit);
  return own < joint ? own : joint;
}

/** The documents on which, by themselves or together with their trade, more is held than is left. */
export function overdrawnFacts(trade: Trade, rates: RateTable): readonly string[] {
  const held = new Set(trade.draws.map(({ fact }) => fact));
  if (held.size === 0) return [];
  const base = commonBase(currenciesOf(trade), rates);
  const joint = new Set(
    dimensions.filter((dimension) => {
      const left = base === undefined ? undefined : tradeRemaining(trade, dimension, base, rates);
      return left !== undefined && left < 0n;
    }),
  );
  const together = (row: BalanceRow) => isMoney(row) && joint.has(catalogue[row.type].dimension);
  return trade.rows
    .filter((row) => held.has(row.fact) && (together(row) || used(trade, row) > available(trade, row)))
    .map(({ fact }) => fact);
}

/** Every currency that a comparison across the trade needs a rate for. */
export function currenciesOf(trade: Trade): readonly string[] {
  return [...new Set(trade.rows.filter(isMoney).map(({ currency }) => currency))];
}

const dimensions: readonly Dimension[] = ['price', 'freight', 'cover', 'filing'];

/** Whether the balance is an amount: quantities have no rate, and what states nothing enters no sum. */
function isMoney({ type, currency }: BalanceRow): boolean {
  const { balance } = catalogue[type];
  return balance === 'payable' || (balance === 'freight' && currency !== '');
}

/**
 * Lowest of the sums that the types of documents of one dimension state, less all draws on them, in exact units of value.
 * A type that is cancelled altogether states zero: the trade lacks what its authority took back.
 */
function tradeRemaining(
  trade: Trade,
  dimension: Dimension,
  base: string,
  rates: RateTable,
  share = 100n,
): bigint | undefined {
  const stated = new Map<FactType, bigint>();
  let drawn = 0n;
  for (const row of trade.rows) {
    if (!isMoney(row) || catalogue[row.type].dimension !== dimension) continue;
    const unit = unitValue(row.currency, base, rates);
    if (unit === undefined) return undefined;
    stated.set(row.type, (stated.get(row.type) ?? 0n) + unit * available(trade, row));
    drawn += unit * used(trade, row);
  }
  const sums = [...stated.values()];
  const [first] = sums;
  if (first === undefined) return undefined;
  const lowest = sums.reduce((least, sum) => (sum < least ? sum : least), first);
  return (lowest * share) / 100n - drawn;
}

/** Division that rounds towards less, also below zero: a fraction of a cent is never lent. */
function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
