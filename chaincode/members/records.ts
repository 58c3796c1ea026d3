import { type Address, at } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { type Member, memberSchema } from './api.js';

/** One organisation on the register of members: public, since everybody sees who signs. */
export const member = recordKind('member', 'member', memberSchema);

export const memberAt = (id: string): Address<Member> => at(undefined, member, id);
