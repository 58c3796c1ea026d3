import { type FactHead, type FactVersion, factVersionAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/** The version that a head speaks of. */
export async function latestVersion(
  work: UnitOfWork,
  { id, version }: Pick<FactHead, 'id' | 'version'>,
): Promise<FactVersion> {
  const found = await work.read(factVersionAt(id, version));
  if (found === undefined) throw new Error(`version ${version} of fact ${id} is missing`);
  return found;
}

/** What a document says now. */
export async function latestContent(
  work: UnitOfWork,
  head: Pick<FactHead, 'id' | 'version'>,
): Promise<FactVersion['content']> {
  return (await latestVersion(work, head)).content;
}
