import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Underlying } from '../underlyings/records.js';
import { forgetLookAlikes } from '../near-duplicates/note.js';
import { instantText } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { Links } from '../rules/links.js';
import { findFact } from './find.js';
import { latestVersion } from './latest.js';
import type { PreparedFact } from './prepare.js';
import { writeFact } from './write.js';

/**
 * A corrected document takes the place of its original (UNTDID 1001, code 384): the original stays on the record as
 * `replaced`, and what was drawn on it is drawn on the correction. One that is recorded after its correction is replaced
 * from the start.
 *
 * @throws LedgerError REPLACES_INVALID where the original is another recorder's, or has another correction.
 */
export async function replaceOriginal(
  call: Call,
  keys: Fingerprints,
  { key, content: { replaces } }: PreparedFact,
  links: Links,
  { rows }: Underlying,
  fact: string,
): Promise<void> {
  if (replaces === undefined) return;
  const others = rows.some((row) => row.replaces === links.replaces && row.fact !== fact);
  if (others)
    throw new LedgerError('REPLACES_INVALID', {
      detail: 'Another document has taken its place.',
      field: 'replaces',
    });
  const { work, caller, now } = call;
  const { number, numberingPeriod } = replaces;
  const original = await findFact(work, keys, {
    type: key.type,
    issuer: key.issuer,
    number,
    ...(numberingPeriod !== undefined && { period: numberingPeriod }),
  });
  if (original === undefined || original.status === 'replaced') return;
  if (original.authority !== caller.mspId) throw new LedgerError('REPLACES_INVALID', { field: 'replaces' });
  const latest = await latestVersion(work, original);
  const version = original.version + 1;
  const status = 'replaced' as const;
  const by = { mspId: caller.mspId, id: caller.person };
  const record = {
    ...latest,
    version,
    status,
    by,
    updatedAt: instantText(now),
    reason: `Replaced by ${key.number}`,
    // Of the version before it; nobody proposed this one.
    proposedBy: undefined,
    changedOn: undefined,
    change: undefined,
  };
  writeFact(call, { ...original, version, status }, record, original);
  await forgetLookAlikes(work, original.id);
}
