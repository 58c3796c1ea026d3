import { LedgerError } from '../errors.js';
import { kindOf } from '../roles.js';
import { partyCollection } from './addresses.js';
import type { Call } from './call.js';

/**
 * Whether somebody named in a request is a bank of the consortium: nobody known to be something else, and with a
 * collection of its own. The ledger is asked, because what a gateway knows of the members is as old as its connection
 * profile, and a bank that joins is to be reached from the block on that defines its collection.
 */
export async function isBank({ reads }: Pick<Call, 'reads'>, mspId: string): Promise<boolean> {
  return kindOf(mspId) === 'bank' && reads.defines(partyCollection(mspId));
}

/** @throws LedgerError BANK_INVALID unless the field names a bank of the consortium. */
export async function assertBank(call: Pick<Call, 'reads'>, mspId: string, field: string): Promise<void> {
  if (!(await isBank(call, mspId))) throw new LedgerError('BANK_INVALID', { field });
}
