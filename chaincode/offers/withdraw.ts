import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { lapseOffers } from './lapse.js';
import { loadOwnRequest } from './load.js';
import { requestView } from './records.js';
import { changeRequest } from './write.js';

/** The enterprise gives its request up; all offers lapse. Doing it again changes nothing. */
export const withdrawRequest: Verb<'withdrawRequest'> = async (call, { id, reason }) => {
  const request = await loadOwnRequest(call, id);
  if (request.state === 'withdrawn') return requestView(request);
  if (request.state === 'awarded' || request.state === 'accepted') throw new LedgerError('REQUEST_OVER');
  await lapseOffers(call, request);
  return requestView(
    changeRequest(call, request, { state: 'withdrawn', ...(reason !== undefined && { reason }) }),
  );
};
