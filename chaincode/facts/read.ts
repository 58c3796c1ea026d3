import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { factAt, type FactHead, factStepAt } from './records.js';
import type { Call } from '../ledger/call.js';
import { nearDuplicatesOf } from '../near-duplicates/records.js';
import { loadUnderlying } from '../underlyings/load.js';
import { actsFor } from './authority.js';
import { latestVersion } from './latest.js';
import { factView, stepView } from './view.js';

/** A document, for its authority, the enterprise to which it belongs, and the regulator. */
export const readFact: Verb<'readFact'> = async (call, { id }) => {
  const head = await readableFact(call, id);
  const [version, trade, near, step] = await Promise.all([
    latestVersion(call.work, head),
    loadUnderlying(call.work, head.underlying),
    nearDuplicatesOf(call.work, id),
    call.work.read(factStepAt(id)),
  ]);
  return { ...factView(head, version, trade, near), ...stepView(step, call.now) };
};

/** A page of documents in one call; null for each that the caller may not see. */
export const readFacts: Verb<'readFacts'> = async (call, { ids }) => ({
  facts: await call.reads.together(() =>
    Promise.all(
      ids.map(async (id) => {
        try {
          return await readFact(call, { id });
        } catch (error) {
          if (error instanceof LedgerError && error.code === 'FACT_NOT_FOUND') return null;
          throw error;
        }
      }),
    ),
  ),
});

/** @throws LedgerError FACT_NOT_FOUND, also for a document that the caller may not see. */
export async function readableFact({ work, caller }: Call, id: string): Promise<FactHead> {
  const head = await work.read(factAt(id));
  const readable =
    head !== undefined &&
    (caller.kind === 'regulator' ||
      (caller.kind === 'enterprise' ? actsFor(caller, head.seller) : head.authority === caller.mspId));
  if (!readable) throw new LedgerError('FACT_NOT_FOUND', { field: 'id' });
  return head;
}
