import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { memberAt } from './records.js';

/** What the register says of an organisation. */
export const readMember: Verb<'readMember'> = async ({ work }, { id }) => {
  const member = await work.read(memberAt(id));
  if (member === undefined) throw new LedgerError('MEMBER_NOT_FOUND', { field: 'id' });
  return member;
};
