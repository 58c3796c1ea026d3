import { LedgerError } from '../errors.js';
import { memberAt } from './records.js';
import { kindOf } from '../roles.js';
import type { Call } from '../ledger/call.js';

/**
 * Whether somebody named in a request is a bank of the consortium: nobody known to be something else, and admitted to the
 * register of members. The ledger is asked, because what a gateway knows of the members is as old as its connection
 * profile, and a bank that joins is to be reached from the block on that admits it.
 */
export async function isBank({ work }: Pick<Call, 'work'>, mspId: string): Promise<boolean> {
  return kindOf(mspId) === 'bank' && (await work.read(memberAt(mspId)))?.state === 'admitted';
}

/** @throws LedgerError BANK_INVALID unless the field names a bank of the consortium. */
export async function assertBank(call: Pick<Call, 'work'>, mspId: string, field: string): Promise<void> {
  if (!(await isBank(call, mspId))) throw new LedgerError('BANK_INVALID', { field });
}
