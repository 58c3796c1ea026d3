import { LedgerError } from '../../errors.js';
import type { Verb } from '../../ledger/verb.js';
import { loadIndemnity } from './load.js';
import { changeIndemnity, indemnityView } from './records.js';

/**
 * A second person of the insurer takes back what was confirmed by mistake, before any repayment quotes it. Doing it again
 * changes nothing.
 */
export const withdrawIndemnity: Verb<'withdrawIndemnity'> = async (call, { id, reason }) => {
  const { caller } = call;
  const found = await loadIndemnity(call, id, 'id');
  if (found.insurer !== caller.mspId) throw new LedgerError('WRONG_ORGANISATION');
  if (found.state === 'withdrawn') return indemnityView(found);
  if (found.left.amount !== found.amount.amount) throw new LedgerError('INDEMNITY_USED', { field: 'id' });
  if (found.confirmedBy === caller.person) throw new LedgerError('FOUR_EYES');
  return indemnityView(changeIndemnity(call, found, { state: 'withdrawn', reason }));
};
