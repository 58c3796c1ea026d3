import { factAliasAt, factAt, type FactHead, writeAlias } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type DocumentKey, keyText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';

/** The fact with this hard key, under whichever id of its issuer and whichever fingerprint key it was recorded. */
export async function findFact(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: DocumentKey,
): Promise<FactHead | undefined> {
  const candidates = fingerprints.candidates('fact', keyText(key));
  const { record: head } = await findFirst(work, candidates, factAt);
  if (head !== undefined) return head;
  const { record: alias } = await findFirst(work, candidates, factAliasAt);
  return alias && work.read(factAt(alias.fact));
}

/**
 * The facts that have one of these keys, each once. A document whose issuer has several registered ids is found by any
 * of them.
 */
export async function findByKeys(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  keys: readonly DocumentKey[],
): Promise<readonly FactHead[]> {
  const heads = await Promise.all(keys.map((key) => findFact(work, fingerprints, key)));
  return [...new Map(heads.flatMap((head) => (head ? [[head.id, head] as const] : []))).values()];
}

/** Makes a fact known under all of its keys; the first one is its id. */
export function writeAliases(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  fact: string,
  keys: readonly DocumentKey[],
): void {
  for (const key of keys) {
    const [id] = fingerprints.candidates('fact', keyText(key));
    if (id !== fact) writeAlias(work, id, fact);
  }
}
