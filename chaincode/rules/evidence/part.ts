import type { Dimension } from '../../catalogue.js';
import type { RateTable } from '../rates.js';
import type { BalanceRow, Trade } from '../trade.js';
import { available, documentsOf, type Evidence, pricedOn } from './documents.js';
import { Groups } from './groups.js';
import { goodsMeasure, type Measure, type Measured, moneyMeasure } from './measures.js';
import { type Carriers, Neighbours } from './neighbours.js';
import { Orders } from './orders.js';

/** What is drawn on a document, in the measure of one of its records or, beside goods, in a currency. */
export interface Demand {
  readonly by: Measured;
  readonly amount: bigint;
}

/** A trade, looked at once: its documents, who carries whose draws, and what is drawn. */
export class Whole {
  readonly trade: Trade;
  readonly documents: ReadonlyMap<string, Evidence>;
  readonly neighbours: Neighbours;
  readonly orders: Orders;
  readonly #used: ReadonlyMap<string, bigint>;

  /** @param before the same trade as it was looked at before: where only draws have come, its documents are the same. */
  constructor(trade: Trade, before?: Whole) {
    this.trade = trade;
    const known = before?.trade.rows === trade.rows && (trade.twins ?? []).length === 0 ? before : undefined;
    this.documents = known?.documents ?? documentsOf(trade);
    this.neighbours = known?.neighbours ?? new Neighbours(trade, this.documents);
    this.orders = new Orders(trade, this.documents);
    const used = new Map(trade.rows.map(({ fact, consumed }) => [fact, consumed]));
    for (const { fact, amount, kind } of trade.draws) {
      if (kind !== 'mark') used.set(fact, (used.get(fact) ?? 0n) + amount);
    }
    this.#used = used;
  }

  used({ fact }: BalanceRow): bigint {
    return this.#used.get(fact) ?? 0n;
  }

  /** Everything that has to be carried for a document, in the documents of one dimension. */
  demands({ rows, dimension: own }: Evidence, dimension: Dimension): readonly Demand[] {
    if (own === dimension || (own === 'order' && dimension === 'price')) {
      return rows.map((row) => ({ by: row, amount: this.used(row) }));
    }
    if (own !== 'goods' || dimension !== 'price') return [];
    return rows.flatMap((row) =>
      pricedOn(this.trade, row).map(({ currency, amount }) => ({ by: { currency, ceiling: 0n }, amount })),
    );
  }
}

/** The documents of one family that carry together, and those whose draws they carry. */
export interface Part {
  readonly family: string;
  readonly dimension: Dimension;
  readonly carriers: ReadonlySet<Evidence>;
  /** The orders for which carriers are, and which have to carry all that these carry. */
  readonly orders: ReadonlyMap<Evidence, readonly Evidence[]>;
  /** Who carries what is drawn on each. */
  readonly carried: Map<Evidence, Carriers>;
  readonly measure: Measure;
}

/** A document that is to be drawn on, and in which measure. */
export interface Asking {
  readonly document: Evidence;
  readonly by: Measured;
}

/**
 * Splits a family into parts that have nothing to do with each other, so that a missing rate in one of them does not
 * stand in the way of the others.
 *
 * @param asking only its part, also if nothing has been drawn on it yet.
 */
export function partsOf(
  whole: Whole,
  family: string,
  dimension: Dimension,
  rates: RateTable,
  asking?: Asking,
): readonly Part[] {
  const all = [...new Set(whole.documents.values())];
  const orders = ordersBelow(whole, all, family);
  const below = new Set([...orders.values()].flat());
  const carried = new Map<Evidence, Carriers>();
  for (const document of all) {
    const isDrawn =
      document === asking?.document || whole.demands(document, dimension).some(({ amount }) => amount > 0n);
    if (!isDrawn) continue;
    const carriers = carriersIn(whole, document, family, below);
    if (carriers !== undefined) carried.set(document, carriers);
  }
  const groups = groupsOf(whole, all, carried, orders);
  const groupOf = (document: Evidence, { documents, bills }: Carriers) =>
    groups.of(documents[0] ?? bills[0] ?? document);
  const asked = asking && carried.get(asking.document);
  if (asking !== undefined && asked === undefined) return [];
  const wanted = asking && asked && groupOf(asking.document, asked);
  const parts = new Map<
    readonly (Evidence | string)[] | undefined,
    Pick<Part, 'carriers' | 'carried' | 'orders'>
  >();
  for (const [document, carriers] of carried) {
    const group = groupOf(document, carriers);
    if (asking !== undefined && group !== wanted) continue;
    let part = parts.get(group);
    if (part === undefined) {
      const isCarrier = (one: Evidence | string): one is Evidence =>
        typeof one !== 'string' && one.family === family;
      const carriers = new Set((group ?? []).filter(isCarrier));
      const ofCarriers = [...carriers].map((one) => [one, orders.get(one) ?? []] as const);
      part = { carriers, orders: new Map(ofCarriers), carried: new Map() };
      parts.set(group, part);
    }
    part.carried.set(document, carriers);
  }
  return [...parts.values()].map((part) => ({
    ...part,
    family,
    dimension,
    measure: measureOf(whole, dimension, part, rates, asking),
  }));
}

/** Who has to do with whom: those who carry together, the bills that they share, and the orders below them. */
function groupsOf(
  whole: Whole,
  all: readonly Evidence[],
  carried: ReadonlyMap<Evidence, Carriers>,
  orders: ReadonlyMap<Evidence, readonly Evidence[]>,
): Groups<Evidence | string> {
  const bills = new Set([...carried.values()].flatMap((carriers) => carriers.bills));
  const groups = new Groups<Evidence | string>([...all, ...bills]);
  for (const bill of bills) for (const one of whole.neighbours.onBill(bill)) groups.join(bill, one);
  for (const [document, some] of orders) for (const order of some) groups.join(document, order);
  for (const carriers of carried.values()) {
    const [first, ...others] = [...carriers.documents, ...carriers.bills];
    for (const other of others) if (first !== undefined) groups.join(first, other);
  }
  return groups;
}

/** The orders for which each document of a family is. */
function ordersBelow(
  whole: Whole,
  all: readonly Evidence[],
  family: string,
): ReadonlyMap<Evidence, readonly Evidence[]> {
  const inFamily = all.filter((document) => document.family === family);
  return new Map(inFamily.map((document) => [document, whole.orders.of(document)]));
}

/** Who carries a document in a family: what is drawn on an order itself arrives below the documents that cite it. */
function carriersIn(
  { neighbours }: Whole,
  document: Evidence,
  family: string,
  below: ReadonlySet<Evidence>,
): Carriers | undefined {
  if (document.family === family) return { documents: [document], bills: [] };
  if (document.dimension === 'order') return below.has(document) ? { documents: [], bills: [] } : undefined;
  return neighbours.carriers(document, family);
}

/** What a document states, in the measure of its part; undefined where that cannot be said. */
export function capacity(
  whole: Whole,
  { measure }: Part,
  document: Evidence,
  share: bigint,
): bigint | undefined {
  const stated = document.stating.map((row) =>
    measure.value(row, (available(whole.trade, row) * share) / 100n),
  );
  // What the seller itself states in a currency without a rate carries nothing, and hides nothing.
  if (stated.includes(undefined)) return document.believed ? undefined : 0n;
  return stated.reduce<bigint>((most, one) => (one !== undefined && one > most ? one : most), 0n);
}

/** Everything drawn on a document, in the measure of the part. */
export function demanded(whole: Whole, { measure, dimension }: Part, document: Evidence): bigint | undefined {
  let sum = 0n;
  for (const { by, amount } of whole.demands(document, dimension)) {
    const value = amount === 0n ? 0n : measure.value(by, amount);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

function measureOf(
  whole: Whole,
  dimension: Dimension,
  { carriers, carried, orders }: Pick<Part, 'carriers' | 'carried' | 'orders'>,
  rates: RateTable,
  asking: Asking | undefined,
): Measure {
  const drawn = [...carried.keys()].flatMap((document) =>
    whole.demands(document, dimension).filter(({ amount }) => amount > 0n || carriers.has(document)),
  );
  const rowsOf = (documents: Iterable<Evidence>) => [...documents].flatMap(({ stating }) => stating);
  const believed = [...carriers].filter((document) => document.believed);
  const needed: Measured[] = [
    ...(asking === undefined ? [] : [asking.by]),
    ...drawn.map(({ by }) => by),
    ...rowsOf(believed),
    ...rowsOf([...carried.keys()].filter((document) => document.dimension === dimension)),
  ];
  if (dimension === 'goods') return goodsMeasure([...needed, ...rowsOf(carriers)]);
  const currencies = (rows: readonly Measured[]) => [...new Set(rows.map(({ currency }) => currency))];
  const every = currencies([...needed, ...rowsOf(carriers), ...rowsOf([...orders.values()].flat())]);
  const isComplete = commonMeasure(every, rates);
  return moneyMeasure(isComplete ? every : currencies(needed), rates);
}

/** Whether all these currencies can be compared. */
function commonMeasure(currencies: readonly string[], rates: RateTable): boolean {
  const measure = moneyMeasure(currencies, rates);
  return currencies.every((currency) => measure.value({ currency, ceiling: 0n }, 1n) !== undefined);
}
