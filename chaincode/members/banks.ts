import { LedgerError } from '../errors.js';
import { memberAt } from './records.js';
import type { Call } from '../ledger/call.js';

/**
 * Whether somebody named in a request is a bank of the consortium: one by the register of members, and admitted to it. The ledger is asked, because what a gateway knows of the members is as old as its connection
 * profile, and a bank that joins is to be reached from the block on that admits it.
 */
export async function isBank({ work }: Pick<Call, 'work'>, mspId: string): Promise<boolean> {
  const member = await work.read(memberAt(mspId));
  return member?.kind === 'bank' && member.state === 'admitted';
}

/** @throws LedgerError BANK_INVALID unless the field names a bank of the consortium. */
export async function assertBank(call: Pick<Call, 'work'>, mspId: string, field: string): Promise<void> {
  if (!(await isBank(call, mspId))) throw new LedgerError('BANK_INVALID', { field });
}

/**
 * For what is owed to a bank that may have been removed since: its successor has it, under the bank's name.
 *
 * @throws LedgerError BANK_INVALID unless the field names a bank of the consortium, or one that was removed from it.
 */
export async function assertBankOrRemoved(
  call: Pick<Call, 'work'>,
  mspId: string,
  field: string,
): Promise<void> {
  const member = await call.work.read(memberAt(mspId));
  if (member?.kind !== 'bank' || (member.state !== 'admitted' && member.state !== 'removed'))
    throw new LedgerError('BANK_INVALID', { field });
}
