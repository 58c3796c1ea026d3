import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { type Correction, correctionVersions } from '../records.js';

/** Writes a version: the regulator's copy, the bank's, and the public line. */
export function writeCorrection({ work }: Pick<Call, 'work'>, one: Correction): void {
  correctionVersions.write(work, one, [one.owner]);
}

/** @throws LedgerError CORRECTION_NOT_FOUND, also for another bank's. */
export async function loadCorrection(
  { work, caller }: Pick<Call, 'work' | 'caller'>,
  id: string,
): Promise<Correction> {
  const found = await correctionVersions.latestWhole(work, id);
  if (found === undefined || (caller.kind === 'bank' && found.owner !== caller.mspId)) {
    throw new LedgerError('CORRECTION_NOT_FOUND', { field: 'id' });
  }
  return found;
}
