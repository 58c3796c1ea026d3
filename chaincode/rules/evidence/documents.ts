import { catalogue, type Dimension } from '../../catalogue.js';
import { isMark } from '../marks.js';
import type { BalanceRow, Priced, Trade } from '../trade.js';
import { Groups } from './groups.js';

/**
 * One document as the trade sees it. Several records may speak of it: a commercial and a tax invoice of one sale, an
 * invoice and the one that corrects it, two bills for the same containers.
 */
export interface Evidence {
  readonly rows: readonly BalanceRow[];
  /** The rows that say what it states: an authority's where there is one, and not those that were replaced. */
  readonly stating: readonly BalanceRow[];
  readonly family: string;
  readonly dimension: Dimension;
  /** Whether an authority speaks. */
  readonly believed: boolean;
}

/** The documents of a trade, each once, and the one that a record speaks of. */
export function documentsOf(trade: Trade): ReadonlyMap<string, Evidence> {
  const groups = new Groups(trade.rows.map(({ fact }) => fact));
  const byLink = new Map<string, BalanceRow>();
  for (const row of trade.rows) {
    const same = byLink.get(row.link);
    if (same === undefined) byLink.set(row.link, row);
    else groups.join(same.fact, row.fact);
  }
  for (const row of trade.rows) {
    const original = row.replaces === undefined ? undefined : byLink.get(row.replaces);
    if (original !== undefined && mayReplace(row, original, trade.rows)) groups.join(original.fact, row.fact);
  }
  const rows = new Map(trade.rows.map((row) => [row.fact, row]));
  for (const [one, other] of trade.twins ?? []) {
    const [first, second] = [rows.get(one), rows.get(other)];
    if (first && second && familyOf(first) === familyOf(second)) groups.join(one, other);
  }
  const documents = new Map<string, Evidence>();
  for (const members of groups.all()) {
    const evidence = asEvidence(members.flatMap((fact) => rows.get(fact) ?? []));
    for (const fact of members) documents.set(fact, evidence);
  }
  return documents;
}

/** Documents that restate others of their family carry beside them, not with them. */
function familyOf({ type, restates }: BalanceRow): string {
  return `${catalogue[type].family}${restates ? ' restated' : ''}`;
}

/** What a record still states after its credit notes; nothing once cancelled, never less than nothing. */
export function available(trade: Trade, row: BalanceRow): bigint {
  if (row.cancelled) return 0n;
  const credits = trade.credits.filter(({ link, cancelled }) => row.names.includes(link) && !cancelled);
  // A credit in another currency cannot be set off exactly: the invoice then needs a new version from its authority.
  if (credits.some(({ currency }) => currency !== row.currency)) return 0n;
  const left = credits.reduce((rest, { amount }) => rest - amount, statedBy(row));
  return left > 0n ? left : 0n;
}

/** An order is worth what its buyer has confirmed, and no more than it says by now. */
function statedBy({ type, ceiling, confirmed = 0n }: BalanceRow): bigint {
  return catalogue[type].dimension === 'order' && confirmed < ceiling ? confirmed : ceiling;
}

/** What has been used of a record: consumed for good or held by live claims. */
export function used(trade: Trade, row: BalanceRow): bigint {
  return trade.draws.reduce(
    (sum, draw) => (draw.fact === row.fact && !isMark(draw) ? sum + draw.amount : sum),
    row.consumed,
  );
}

/** What loans on goods alone use of the price beside these goods. */
export function pricedOn(trade: Trade, row: BalanceRow): readonly Priced[] {
  const held = trade.draws.flatMap(({ fact, priced }) => (fact === row.fact && priced ? [priced] : []));
  return [...held, ...(row.consumedPrice ?? [])];
}

/** An own paper that says it replaces what an authority recorded stays a paper of its own. */
function mayReplace(row: BalanceRow, original: BalanceRow, rows: readonly BalanceRow[]): boolean {
  if (!row.self) return true;
  return rows.every(({ link, self }) => link !== original.link || self === true);
}

function asEvidence(rows: readonly BalanceRow[]): Evidence {
  const [first] = rows;
  if (first === undefined) throw new Error('a document without a record');
  const believed = rows.some(({ self }) => !self);
  const replaced = new Set(rows.flatMap(({ replaces }) => replaces ?? []));
  const stating = rows.filter(({ self, link }) => !(believed && self) && !replaced.has(link));
  return {
    rows,
    stating,
    family: familyOf(first),
    dimension: catalogue[first.type].dimension,
    believed,
  };
}
