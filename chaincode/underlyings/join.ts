import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import { linkAt, type Underlying, underlyingAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { emptyTrade, joined, weight } from '../rules/trades.js';
import { findFirst } from '../ledger/find-first.js';
import { loadUnderlying } from './load.js';

/** What a trade gets: a document, or only the links of one that it has; of an authority, or of the seller itself. */
export type Addition = 'believed' | 'own' | 'links of believed' | 'links of own';

/**
 * Brings together all trades that share one of the links, also when that becomes known late, and notes the links.
 * Of several trades the heaviest stays in its place and the others point to it, so that a chain stays short.
 *
 * @param newId the id of a new trade if none has these links yet.
 * @param adds what the trade is about to get: the seller's own papers may not fill it.
 * @throws LedgerError TOO_MANY_DOCUMENTS.
 */
export async function joinByLinks(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  links: readonly string[],
  newId: string,
  adds: Addition,
): Promise<Underlying> {
  const known = await Promise.all(
    [...new Set(links)].map(async (text) => {
      const candidates = fingerprints.candidates('link', text);
      const found = await Promise.all(candidates.map((id) => work.read(linkAt(id))));
      return { newest: candidates[0], underlying: found.find((one) => one !== undefined)?.underlying };
    }),
  );
  const ids = [...new Set(known.flatMap(({ underlying }) => underlying ?? []))];
  const roots = await Promise.all(ids.map((id) => loadUnderlying(work, id)));
  const trade = merge(work, [...new Map(roots.map((root) => [root.id, root])).values()], newId);
  assertRoom(trade, adds);
  for (const { newest, underlying } of known) {
    if (underlying === undefined) work.write(linkAt(newest), { underlying: trade.id });
  }
  return trade;
}

/**
 * The same where some of the links are containers that another document lists: what only shares a container with a trade
 * that is full is recorded all the same, in a trade of its own. The carrier cannot help how often a box sails.
 *
 * @throws LedgerError TOO_MANY_DOCUMENTS, where the document itself says that it belongs to a trade that is full.
 */
export async function joinWithContainers(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  { links, containers }: { readonly links: readonly string[]; readonly containers: readonly string[] },
  newId: string,
  adds: Addition,
): Promise<Underlying> {
  const part = work.part();
  try {
    const trade = await joinByLinks(part, fingerprints, [...links, ...containers], newId, adds);
    work.take(part);
    return trade;
  } catch (error) {
    if (containers.length === 0 || !(error instanceof LedgerError) || error.code !== 'TOO_MANY_DOCUMENTS')
      throw error;
    return joinByLinks(work, fingerprints, links, newId, adds);
  }
}

/**
 * Of the orders that a document cites, those by which it joins their trade. While an order allows nothing, as one that its
 * buyer has not confirmed, or of which there is only the number on invoices, its trade takes in no more than so many
 * documents: a framework order has thousands. The link remembers that others lie elsewhere, and then nobody lends on it.
 *
 * @param fact the document, which stays where it is.
 */
export async function joiningOrders(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  orders: readonly string[],
  fact: string,
): Promise<readonly string[]> {
  const joining: string[] = [];
  for (const text of orders) {
    const { id, record } = await findFirst(work, fingerprints.candidates('link', text), linkAt);
    const trade = record && (await loadUnderlying(work, record.underlying));
    const isOpen =
      trade === undefined ||
      trade.rows.some((row) => row.fact === fact) ||
      trade.rows.filter(({ self }) => !self).length < limits.documentsPerOrder ||
      trade.rows.some(({ names, confirmed }) => names.includes(text) && confirmed !== undefined);
    if (isOpen) joining.push(text);
    else if (record !== undefined && !record.partial) work.write(linkAt(id), { ...record, partial: true });
  }
  return joining;
}

/** Whether documents that cite an order lie in other trades than the order. */
export async function isPartial(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  order: string,
): Promise<boolean> {
  const { record } = await findFirst(work, fingerprints.candidates('link', order), linkAt);
  return record?.partial === true;
}

function merge(work: UnitOfWork, trades: readonly Underlying[], newId: string): Underlying {
  const [first, ...others] = [...trades].sort(
    (left, right) => weight(right) - weight(left) || (left.id < right.id ? -1 : 1),
  );
  if (first === undefined) return { id: newId, ...emptyTrade, overdrawn: [] };
  if (others.length === 0) return first;
  const whole = joined(trades);
  for (const { id } of others) {
    work.write(underlyingAt(id), { id, forward: first.id, ...emptyTrade, overdrawn: [] });
  }
  return { id: first.id, ...whole, overdrawn: trades.flatMap(({ overdrawn }) => overdrawn) };
}

/** What authorities record has room of its own: the seller's own papers cannot take it. */
function assertRoom({ rows, credits }: Underlying, adds: Addition): void {
  const documents = [...rows, ...credits];
  const own = documents.filter((document) => document.self).length;
  const believed = documents.length - own;
  const isFull = {
    believed: believed >= limits.documentsPerUnderlying,
    own: own >= limits.ownDocumentsPerUnderlying || believed > limits.documentsPerUnderlying / 2,
    'links of believed': believed > limits.documentsPerUnderlying,
    'links of own': own > limits.ownDocumentsPerUnderlying,
  }[adds];
  if (isFull) throw new LedgerError('TOO_MANY_DOCUMENTS');
}
