import type { DocumentKey } from '../rules/document-keys.js';
import { keyText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { factAt } from '../ledger/addresses.js';
import type { FactHead } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/** The fact with this hard key, under whichever fingerprint key it was recorded. */
export async function findFact(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: DocumentKey,
): Promise<FactHead | undefined> {
  const candidates = fingerprints.candidates('fact', keyText(key));
  const heads = await Promise.all(candidates.map((id) => work.read(factAt(id))));
  return heads.find((head) => head !== undefined);
}
