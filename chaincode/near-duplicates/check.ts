import { LedgerError } from '../errors.js';
import { readableFact } from '../facts/read.js';
import { factAt, type FactHead, factVersionAt } from '../facts/records.js';
import type { Verb } from '../ledger/verb.js';
import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import { lookAlikesAt, nearDuplicatesView } from './records.js';

/**
 * A second person of a document's authority, or of the regulator, has looked at both papers of a pair and says what they
 * found. The alert stays on the record with the remark; banks are told that it was checked. Once one of the documents is
 * changed the mark is gone.
 *
 * @throws LedgerError FACT_NOT_FOUND, NEAR_DUPLICATE_NOT_FOUND or FOUR_EYES.
 */
export const checkNearDuplicate: Verb<'checkNearDuplicate'> = async (call, { id, other, remark }) => {
  const { work, caller, now } = call;
  const head = await readableFact(call, id);
  const [own, theirs] = await Promise.all([work.read(lookAlikesAt(id)), work.read(lookAlikesAt(other))]);
  const pair = own?.others.find(({ fact }) => fact === other);
  if (own === undefined || pair === undefined)
    throw new LedgerError('NEAR_DUPLICATE_NOT_FOUND', { field: 'other' });
  const second = await work.read(factAt(other));
  for (const one of [head, second]) if (one !== undefined) await assertSecondPerson(call, one);

  const by = { mspId: caller.mspId, id: caller.person };
  const checked = { by, at: instantText(now), remark };
  for (const record of [own, theirs]) {
    if (record === undefined) continue;
    const opposite = record.fact === id ? other : id;
    const others = record.others.map((one) => (one.fact === opposite ? { ...one, checked } : one));
    work.write(lookAlikesAt(record.fact), { ...record, others });
  }
  work.alert({ alert: 'near-duplicate-checked', facts: [id, other] });
  return { id, nearDuplicates: nearDuplicatesView({ others: [{ ...pair, checked }] }) };
};

/** Whoever recorded one of the papers, or changed it last, does not clear the alarm about it. */
async function assertSecondPerson({ work, caller }: Call, { id, version }: FactHead): Promise<void> {
  const versions = await Promise.all(
    [...new Set([1, version])].map((one) => work.read(factVersionAt(id, one))),
  );
  const isOwn = versions.some((one) => one?.by.mspId === caller.mspId && one.by.id === caller.person);
  if (!isOwn) return;
  throw new LedgerError('FOUR_EYES', {
    detail:
      'Who recorded or changed one of the documents cannot check the alert about it. Ask a second person.',
  });
}
