import type { Call } from '../../ledger/call.js';
import { nextVersion } from '../../ledger/versions.js';
import { type Mandate, mandateVersions } from './records.js';
import { LedgerError } from '../../errors.js';

/** Writes a version of a mandate, which its bank holds. */
export function storeMandate({ work }: Call, mandate: Mandate): void {
  mandateVersions.write(work, mandate, [mandate.bank]);
}

/** Writes the next version. */
export function changeMandate(call: Call, mandate: Mandate, changes: Partial<Mandate>): Mandate {
  const next = nextVersion(call, mandate, changes);
  storeMandate(call, next);
  return next;
}

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
