import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { type Mandate, mandateAt, publicMandateAt } from './records.js';

/**
 * The latest version of a mandate of the caller's bank.
 *
 * @throws LedgerError MANDATE_NOT_FOUND, also for another bank's.
 */
export async function loadMandate({ work, caller }: Call, id: string, field = 'id'): Promise<Mandate> {
  const line = await work.read(publicMandateAt(id));
  const mandate = line && (await work.read(mandateAt(caller.mspId, id, line.seq)));
  if (mandate === undefined) throw new LedgerError('MANDATE_NOT_FOUND', { field });
  return mandate;
}
