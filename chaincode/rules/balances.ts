import { catalogue, type Dimension, dimensions } from '../catalogue.js';
import type { FactType } from '../api.js';
import { doublyMarked, isMark } from './marks.js';
import { massOf } from './quantities.js';
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
  /** It cites another of its family, and states once more what that one states. */
  readonly restates?: true | undefined;
}

/** Two documents that list the same goods and do not cite each other: what both state is stated once. */
export type Twins = readonly [fact: string, other: string];

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
  /** Absent: a claim. A mark is a payment that a document backs without stating what it is worth. */
  readonly kind?: 'payment' | 'mark' | undefined;
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
  readonly twins?: readonly Twins[] | undefined;
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
  return trade.draws.reduce(
    (sum, draw) => (draw.fact === row.fact && !isMark(draw) ? sum + draw.amount : sum),
    row.consumed,
  );
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
  if (isGoods(row)) return lower(own, goodsRemaining(trade, row.currency));
  if (!isMoney(row)) return own;
  const { dimension } = catalogue[row.type];
  const base = commonBase(currenciesOf(trade), rates);
  const unit = base === undefined ? undefined : unitValue(row.currency, base, rates);
  const left = base === undefined ? undefined : tradeRemaining(trade, dimension, base, rates, share);
  if (unit === undefined || left === undefined) return undefined;
  return lower(own, floorDivide(left, unit));
}

/**
 * The documents on which, by themselves or together with their trade, more is held than is left; of marked documents
 * those that were cancelled, or whose goods back two payments.
 */
export function overdrawnFacts(trade: Trade, rates: RateTable): readonly string[] {
  const held = new Set(trade.draws.filter((draw) => !isMark(draw)).map(({ fact }) => fact));
  const marked = new Set(trade.draws.filter(isMark).map(({ fact }) => fact));
  const twice = new Set(doublyMarked(trade));
  if (trade.draws.length === 0) return [];
  const base = commonBase(currenciesOf(trade), rates);
  const joint = new Set(
    dimensions.filter((dimension) => {
      const left = base === undefined ? undefined : tradeRemaining(trade, dimension, base, rates);
      return left !== undefined && left < 0n;
    }),
  );
  const together = (row: BalanceRow) =>
    isGoods(row)
      ? goodsRemaining(trade, row.currency) < 0n
      : isMoney(row) && joint.has(catalogue[row.type].dimension);
  const exceeds = (row: BalanceRow) => together(row) || used(trade, row) > available(trade, row);
  return trade.rows
    .filter(
      (row) =>
        (held.has(row.fact) && exceeds(row)) ||
        (marked.has(row.fact) && row.cancelled) ||
        twice.has(row.fact),
    )
    .map(({ fact }) => fact);
}

/** Every currency that a comparison across the trade needs a rate for. */
export function currenciesOf(trade: Trade): readonly string[] {
  return [...new Set(trade.rows.filter(isMoney).map(({ currency }) => currency))];
}

/** Whether the balance is an amount: quantities have no rate, and what states nothing enters no sum. */
function isMoney({ type, currency }: BalanceRow): boolean {
  const { balance } = catalogue[type];
  return balance === 'payable' || (balance === 'freight' && currency !== '');
}

function isGoods({ type }: BalanceRow): boolean {
  return catalogue[type].dimension === 'goods';
}

/** What a trade still allows of one dimension, in exact units of value; undefined where a rate is missing. */
function tradeRemaining(
  trade: Trade,
  dimension: Dimension,
  base: string,
  rates: RateTable,
  share = 100n,
): bigint | undefined {
  const rows = trade.rows.filter((row) => isMoney(row) && catalogue[row.type].dimension === dimension);
  const units = new Map(rows.map(({ currency }) => [currency, unitValue(currency, base, rates)]));
  if (rows.length === 0 || [...units.values()].includes(undefined)) return undefined;
  return jointlyRemaining(trade, rows, ({ currency }) => units.get(currency) ?? 0n, share);
}

/**
 * What a trade still allows of its goods, in thousandths of the unit. Weights are compared with each other; of another
 * unit only quantities in that same unit.
 */
function goodsRemaining(trade: Trade, unit: string): bigint {
  const own = massOf(unit);
  const rows = trade.rows.filter(
    (row) =>
      isGoods(row) && (row.currency === unit || (own !== undefined && massOf(row.currency) !== undefined)),
  );
  const left = jointlyRemaining(trade, rows, ({ currency }) => massOf(currency) ?? 1n);
  return floorDivide(left, own ?? 1n);
}

/**
 * Lowest of the sums that the documents state, less all draws on them. Each type makes a statement of its own about the
 * trade, and so do those documents of a type that restate others. A type that is cancelled altogether states zero: the
 * trade lacks what its authority took back.
 */
function jointlyRemaining(
  trade: Trade,
  rows: readonly BalanceRow[],
  unit: (row: BalanceRow) => bigint,
  share = 100n,
): bigint {
  const statements = new Map<string, BalanceRow[]>();
  for (const row of rows) {
    const statement = `${row.type}${row.restates ? ' restated' : ''}`;
    statements.set(statement, [...(statements.get(statement) ?? []), row]);
  }
  const value = (row: BalanceRow) => unit(row) * available(trade, row);
  const sums = [...statements.values()].map((documents) => sumOnce(documents, trade.twins ?? [], value));
  const lowest = sums.reduce((least, sum) => (sum < least ? sum : least));
  return rows.reduce((left, row) => left - unit(row) * used(trade, row), (lowest * share) / 100n);
}

/** Adds what documents state; of those that are twins, directly or through others, only the one that states most. */
function sumOnce(
  rows: readonly BalanceRow[],
  twins: readonly Twins[],
  value: (row: BalanceRow) => bigint,
): bigint {
  const facts = new Set(rows.map(({ fact }) => fact));
  const group = new Map(rows.map(({ fact }) => [fact, fact]));
  for (const [fact, other] of twins) {
    if (!facts.has(fact) || !facts.has(other)) continue;
    const [from, to] = [group.get(fact), group.get(other)];
    for (const [member, name] of group) if (name === from) group.set(member, to ?? name);
  }
  const most = new Map<string, bigint>();
  for (const row of rows) {
    const name = group.get(row.fact) ?? row.fact;
    const known = most.get(name) ?? 0n;
    most.set(name, value(row) > known ? value(row) : known);
  }
  return [...most.values()].reduce((sum, one) => sum + one, 0n);
}

function lower(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** Division that rounds towards less, also below zero: a fraction of a cent is never lent. */
function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
