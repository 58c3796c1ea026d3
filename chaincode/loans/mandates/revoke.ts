import type { Verb } from '../../ledger/verb.js';
import { loadMandate, changeMandate } from './write.js';
import { mandateView } from './records.js';

/** One person of the bank is enough to stop its rules, from the next approval on. Doing it again changes nothing. */
export const revokeMandate: Verb<'revokeMandate'> = async (call, { id, reason }) => {
  const mandate = await loadMandate(call, id);
  if (mandate.state === 'revoked') return mandateView(mandate);
  const changes = { state: 'revoked', ...(reason !== undefined && { reason }) } as const;
  return mandateView(changeMandate(call, mandate, changes));
};
