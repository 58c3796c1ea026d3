import { LedgerError } from '../../errors.js';
import type { Verb } from '../../ledger/verb.js';
import { loadMandate, changeMandate } from './write.js';
import { mandateView } from './records.js';

/** A second person grants a mandate: from now on the bank's gateway approves within it. Doing it again changes nothing. */
export const grantMandate: Verb<'grantMandate'> = async (call, { id }) => {
  const mandate = await loadMandate(call, id);
  const { person } = call.caller;
  if (mandate.proposedBy === person) throw new LedgerError('FOUR_EYES');
  if (mandate.state === 'granted') return mandateView(mandate);
  if (mandate.state === 'revoked') throw new LedgerError('MANDATE_NOT_LIVE');
  return mandateView(changeMandate(call, mandate, { state: 'granted', grantedBy: person }));
};
