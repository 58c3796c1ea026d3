import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { type Correction, correctionAt, correctionVersions } from '../records.js';

/** Writes a version: the regulator's copy, the bank's, and the public line. */
export function writeCorrection({ work }: Pick<Call, 'work'>, one: Correction): void {
  work.write(correctionAt(one.id, one.seq), one);
  correctionVersions.write(work, one, [one.owner]);
}

/** @throws LedgerError CORRECTION_NOT_FOUND, also for another bank's. */
export async function loadCorrection(
  { work, caller }: Pick<Call, 'work' | 'caller'>,
  id: string,
): Promise<Correction> {
  const line = await work.read(correctionVersions.line.at(id));
  const found = line && (await work.read(correctionAt(id, line.seq)));
  if (found === undefined || (caller.kind === 'bank' && found.owner !== caller.mspId)) {
    throw new LedgerError('CORRECTION_NOT_FOUND', { field: 'id' });
  }
  return found;
}
