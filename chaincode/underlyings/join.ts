import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import { linkAt, type Underlying, underlyingAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { emptyTrade, joined, weight } from '../rules/trades.js';
import { loadUnderlying } from './load.js';

/**
 * Brings together all trades that share one of the links, also when that becomes known late, and notes the links.
 * Of several trades the heaviest stays in its place and the others point to it, so that a chain stays short.
 *
 * @param newId the id of a new trade if none has these links yet.
 * @param self whether the seller itself brings the links: its papers may not fill a trade.
 * @throws LedgerError TOO_MANY_DOCUMENTS.
 */
export async function joinByLinks(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  links: readonly string[],
  newId: string,
  self: boolean,
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
  assertRoom(trade, self);
  for (const { newest, underlying } of known) {
    if (underlying === undefined) work.write(linkAt(newest), { underlying: trade.id });
  }
  return trade;
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
function assertRoom({ rows, credits }: Underlying, self: boolean): void {
  const documents = [...rows, ...credits];
  const own = documents.filter((document) => document.self).length;
  const believed = documents.length - own;
  const isFull = self
    ? own >= limits.ownDocumentsPerUnderlying || believed > limits.documentsPerUnderlying / 2
    : believed >= limits.documentsPerUnderlying;
  if (isFull) throw new LedgerError('TOO_MANY_DOCUMENTS');
}
