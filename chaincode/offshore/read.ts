import { LedgerError } from '../errors.js';
import { bankMeant } from '../members/bank-meant.js';
import type { Verb } from '../ledger/verb.js';
import { offshoreCheckAt, offshoreCheckView } from './records.js';

/** A report, for its bank and the regulator. */
export const readOffshoreCheck: Verb<'readOffshoreCheck'> = async (call, { id, owner }) => {
  const bank = await bankMeant(call, owner);
  const check = bank === undefined ? undefined : await call.work.read(offshoreCheckAt(bank, id));
  if (check === undefined) throw new LedgerError('CHECK_NOT_FOUND', { field: 'id' });
  return offshoreCheckView(check);
};
