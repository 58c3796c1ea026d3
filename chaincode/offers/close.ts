import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/execute.js';
import { loadRequest } from './load.js';
import { requestView } from './records.js';
import { changeRequest } from './write.js';

/**
 * Ends the time for sealing, at the deadline. From this transaction on no offer can be added, whatever time somebody
 * writes into his proposal: sealing reads the request's state. Only then can offers be opened.
 */
export const closeRequest: Verb<'closeRequest'> = async (call, { id }) => {
  const request = await loadRequest(call, id);
  if (request.state !== 'open') return requestView(request);
  if (call.now < Date.parse(request.deadline)) throw new LedgerError('DEADLINE_AHEAD');
  return requestView(changeRequest(call, request, { state: 'closed' }));
};
