import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { type Mandate, mandateVersions } from './records.js';

/**
 * The latest version of a mandate of the caller's bank.
 *
 * @throws LedgerError MANDATE_NOT_FOUND, also for another bank's.
 */
export async function loadMandate({ work, caller }: Call, id: string, field = 'id'): Promise<Mandate> {
  const mandate = await mandateVersions.latest(work, caller.mspId, id);
  if (mandate === undefined) throw new LedgerError('MANDATE_NOT_FOUND', { field });
  return mandate;
}
