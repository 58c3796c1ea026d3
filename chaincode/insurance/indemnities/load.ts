import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { type Indemnity, indemnityVersions } from './records.js';

/**
 * The latest version of an indemnity, for the insurer that confirmed it or the bank that it went to.
 *
 * @throws LedgerError INDEMNITY_NOT_FOUND, also for one between others.
 */
export async function loadIndemnity({ work, caller }: Call, id: string, field: string): Promise<Indemnity> {
  const found = await indemnityVersions.latest(work, caller.mspId, id);
  if (found === undefined) throw new LedgerError('INDEMNITY_NOT_FOUND', { field });
  return found;
}
