import type { FactView } from '../api.js';
import type { Call } from '../ledger/call.js';
import { nearDuplicatesOf } from '../near-duplicates/records.js';
import { loadUnderlying } from '../underlyings/load.js';
import { latestVersion } from './latest.js';
import type { FactHead } from './records.js';
import { factView } from './view.js';

/** A document as it stands, to who has asked for what is done already. */
export async function presentFact({ work }: Call, head: FactHead): Promise<FactView> {
  const [version, trade, near] = await Promise.all([
    latestVersion(work, head),
    loadUnderlying(work, head.underlying),
    nearDuplicatesOf(work, head.id),
  ]);
  return factView(head, version, trade, near);
}
