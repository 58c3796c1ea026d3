import { catalogue, type Dimension } from '../../catalogue.js';
import type { RateTable } from '../rates.js';
import type { BalanceRow, Trade } from '../trade.js';
import { available, type Evidence } from './documents.js';
import { Flow, sink, source } from './flow.js';
import type { Measure, Measured } from './measures.js';
import { familiesOf } from './neighbours.js';
import { capacity, demanded, type Part, partsOf, Whole } from './part.js';

/** Which documents allow no more. */
interface Binding {
  readonly family: string;
  /** Facts, in the order of their ids. */
  readonly documents: readonly string[];
}

/** What can still be drawn on a document, and why no more. */
export interface Limit {
  /** In the measure of the document; never less than nothing. */
  readonly left: bigint;
  readonly limitedBy: Binding;
}

/** Draws that are no longer carried, and the documents that should carry them. */
export interface Overdraft {
  readonly family: string;
  readonly drawn: readonly string[];
  readonly documents: readonly string[];
  /** How much is not carried, in the measure of the part, and that measure. */
  readonly excess: bigint;
  readonly measure: Measure;
}

const everything = 100n;

/**
 * The most that can be drawn on a document more, so that everything drawn is still carried in each family that has a
 * say: its own, and each other one of its dimension in which it has neighbours (design, "Evidence carries draws").
 *
 * @param share of what the documents state that may be used, in whole per cent.
 * @param whole the trade as it is looked at, where more than one of its documents is asked about.
 * @returns undefined where documents cannot be compared: a rate is missing, or two units of goods.
 */
export function limitOf(
  trade: Trade,
  row: BalanceRow,
  rates: RateTable,
  share = everything,
  whole = new Whole(trade),
): Limit | undefined {
  return limitIn(whole, row, rates, share);
}

/**
 * What a loan on goods alone may still draw of the price beside them.
 *
 * @returns `unlimited` where nothing beside the goods states a price; undefined where a rate is missing.
 */
export function priceLimitOf(
  trade: Trade,
  row: BalanceRow,
  currency: string,
  rates: RateTable,
): Limit | 'unlimited' | undefined {
  const whole = new Whole(trade);
  const document = evidenceOf(whole, row);
  const by: Measured = { currency, ceiling: 0n };
  const limits = familiesOf(whole.documents.values(), 'price').flatMap((family) =>
    partsOf(whole, family, 'price', rates, { document, by }).map((part) =>
      leftIn(whole, part, document, by, everything),
    ),
  );
  if (limits.length === 0) return 'unlimited';
  return limits.includes(undefined) ? undefined : lowest(limits);
}

/** Every family in which what is drawn is not carried. */
export function overdrafts(trade: Trade, rates: RateTable): readonly Overdraft[] {
  if (
    trade.draws.length === 0 &&
    trade.rows.every(({ consumed, consumedPrice }) => consumed === 0n && !consumedPrice)
  )
    return [];
  const whole = new Whole(trade);
  const dimensions = new Set(trade.rows.map(({ type }) => catalogue[type].dimension));
  return [...dimensions].flatMap((dimension) =>
    familiesOf(whole.documents.values(), dimension).flatMap((family) =>
      partsOf(whole, family, dimension, rates).flatMap((part) => overdraftIn(whole, part) ?? []),
    ),
  );
}

/**
 * The document on which a draw on this record lies: itself, or the one authority's document beside what the seller
 * recorded itself. `none`: no authority speaks of the sale. `several`: the line has to name which.
 */
export function carrierOf(trade: Trade, row: BalanceRow): BalanceRow | 'none' | 'several' {
  return row.self ? carrierIn(new Whole(trade), row) : row;
}

function carrierIn(whole: Whole, row: BalanceRow): BalanceRow | 'none' | 'several' {
  if (!row.self) return row;
  const document = evidenceOf(whole, row);
  // Its buyer has confirmed it: it stands by itself.
  if (document.dimension === 'order') return row;
  const [own] = document.stating;
  if (document.believed) return own ?? 'none';
  const families = familiesOf(whole.documents.values(), document.dimension);
  const beside = whole.neighbours.authoritiesBeside(document, families);
  const [only] = beside.flatMap(({ stating }) => stating);
  if (only === undefined) return 'none';
  return beside.length > 1 ? 'several' : only;
}

function limitIn(whole: Whole, row: BalanceRow, rates: RateTable, share: bigint): Limit | undefined {
  const carrier = carrierIn(whole, row);
  if (carrier === 'several') {
    return { left: 0n, limitedBy: { family: evidenceOf(whole, row).family, documents: [row.fact] } };
  }
  const own = ownLimit(whole, row, share);
  const document = evidenceOf(whole, carrier === 'none' ? row : carrier);
  const { dimension: measured } = document;
  // Beside what is drawn on an order itself it carries what is drawn on its invoices and declarations.
  const dimensions: readonly Dimension[] = measured === 'order' ? ['order', 'price'] : [measured];
  const limits = dimensions.flatMap((dimension) =>
    familiesOf(whole.documents.values(), dimension).flatMap((family) =>
      partsOf(whole, family, dimension, rates, { document, by: row }).map((part) =>
        leftIn(whole, part, document, row, share),
      ),
    ),
  );
  return limits.includes(undefined) ? undefined : lowest([own, ...limits]);
}

/** What a record states itself, less what was drawn on it or, through it, on the document beside it. */
function ownLimit(whole: Whole, row: BalanceRow, share: bigint): Limit {
  const stated = (available(whole.trade, row) * share) / everything;
  const named = whole.trade.draws.filter(({ through }) => through === row.fact);
  const left = named.reduce((rest, { amount }) => rest - amount, stated - whole.used(row));
  return {
    left: left > 0n ? left : 0n,
    limitedBy: { family: evidenceOf(whole, row).family, documents: [row.fact] },
  };
}

function evidenceOf(whole: Whole, { fact }: BalanceRow): Evidence {
  const document = whole.documents.get(fact);
  if (document === undefined) throw new Error(`fact ${fact} is not of this trade`);
  return document;
}

/** How much more a part carries for a document; undefined where that cannot be said. */
function leftIn(
  whole: Whole,
  part: Part,
  document: Evidence,
  by: Measured,
  share: bigint,
): Limit | undefined {
  const network = networkOf(whole, part, share);
  if (network === undefined) return undefined;
  const { flow, vertices } = network;
  flow.send();
  flow.edge(source, vertexOf(vertices, document), network.unbounded);
  const left = part.measure.amount(by, flow.send());
  if (left === undefined) return undefined;
  const reached = flow.reached();
  return {
    left,
    limitedBy: { family: part.family, documents: factsAt(network.carrying, reached) },
  };
}

function overdraftIn(whole: Whole, part: Part): Overdraft | undefined {
  const network = networkOf(whole, part, everything);
  if (network === undefined) return undefined;
  const excess = network.demanded - network.flow.send();
  if (excess === 0n) return undefined;
  const reached = network.flow.reached();
  const drawn = [...part.carried.keys()].filter((one) => reached.has(vertexOf(network.vertices, one)));
  return {
    family: part.family,
    drawn: drawn
      .flatMap(({ rows }) =>
        rows.filter((row) => whole.used(row) > 0n || row.consumedPrice !== undefined || isPriced(whole, row)),
      )
      .map(({ fact }) => fact)
      .sort(),
    documents: factsAt(network.carrying, reached),
    excess,
    measure: part.measure,
  };
}

function isPriced({ trade }: Whole, { fact }: BalanceRow): boolean {
  return trade.draws.some((draw) => draw.fact === fact && draw.priced !== undefined);
}

interface Carrying {
  readonly from: number;
  readonly to: number;
}

interface Network {
  readonly flow: Flow;
  /** Of what is drawn on. */
  readonly vertices: ReadonlyMap<Evidence, number>;
  /** Of what carries: where what it has to carry arrives, and where it goes on to once it is carried. */
  readonly carrying: ReadonlyMap<Evidence, Carrying>;
  readonly demanded: bigint;
  /** More than all documents together state. */
  readonly unbounded: bigint;
}

function networkOf(whole: Whole, part: Part, share: bigint): Network | undefined {
  const flow = new Flow();
  const carrying = new Map<Evidence, Carrying>();
  let unbounded = 1n;
  const orders = new Set([...part.orders.values()].flat());
  for (const document of [...part.carriers, ...orders]) {
    const states = capacity(whole, part, document, share);
    if (states === undefined) return undefined;
    const from = flow.vertex();
    const to = (part.orders.get(document) ?? []).length > 0 ? flow.vertex() : sink;
    flow.edge(from, to, states);
    carrying.set(document, { from, to });
    unbounded += states;
  }
  const demands = new Map<Evidence, bigint>();
  for (const document of part.carried.keys()) {
    const amount = demanded(whole, part, document);
    if (amount === undefined) return undefined;
    demands.set(document, amount);
    unbounded += amount;
  }
  for (const [document, some] of part.orders) {
    for (const order of some)
      flow.edge(carryingOf(carrying, document).to, carryingOf(carrying, order).from, unbounded);
  }
  const bills = new Map<string, number>();
  const vertices = new Map<Evidence, number>();
  let sum = 0n;
  for (const [document, carriers] of part.carried) {
    const vertex = orders.has(document) ? carryingOf(carrying, document).from : flow.vertex();
    vertices.set(document, vertex);
    const amount = demands.get(document) ?? 0n;
    sum += amount;
    flow.edge(source, vertex, amount);
    for (const one of carriers.documents) flow.edge(vertex, carryingOf(carrying, one).from, unbounded);
    for (const bill of carriers.bills) {
      let shared = bills.get(bill);
      if (shared === undefined) {
        shared = flow.vertex();
        bills.set(bill, shared);
        for (const one of whole.neighbours.onBill(bill))
          flow.edge(shared, carryingOf(carrying, one).from, unbounded);
      }
      flow.edge(vertex, shared, unbounded);
    }
  }
  return { flow, vertices, carrying, demanded: sum, unbounded };
}

function vertexOf(vertices: ReadonlyMap<Evidence, number>, document: Evidence): number {
  const vertex = vertices.get(document);
  if (vertex === undefined) throw new Error('a document outside its part');
  return vertex;
}

function carryingOf(carrying: ReadonlyMap<Evidence, Carrying>, document: Evidence): Carrying {
  const vertices = carrying.get(document);
  if (vertices === undefined) throw new Error('a document outside its part');
  return vertices;
}

/** The documents that carry all they can: the minimal cut goes through them. */
function factsAt(carrying: ReadonlyMap<Evidence, Carrying>, reached: ReadonlySet<number>): readonly string[] {
  return [...carrying]
    .filter(([, { from, to }]) => reached.has(from) && !reached.has(to))
    .flatMap(([{ stating }]) => stating.map(({ fact }) => fact))
    .sort();
}

function lowest(limits: readonly (Limit | undefined)[]): Limit | undefined {
  return limits.reduce<Limit | undefined>(
    (least, limit) =>
      limit !== undefined && (least === undefined || limit.left < least.left) ? limit : least,
    undefined,
  );
}
