import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/execute.js';
import { offshoreCheckAt, offshoreCheckView } from './records.js';

/** A report, for its bank and the regulator. */
export const readOffshoreCheck: Verb<'readOffshoreCheck'> = async ({ work, caller }, { id, owner }) => {
  const meant = caller.kind === 'bank' ? caller.mspId : owner;
  const check = meant === undefined ? undefined : await work.read(offshoreCheckAt(meant, id));
  if (check === undefined) throw new LedgerError('CHECK_NOT_FOUND', { field: 'id' });
  return offshoreCheckView(check);
};
