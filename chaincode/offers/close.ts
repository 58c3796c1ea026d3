import { limits } from '../api.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf } from '../rules/dates.js';
import { lapseOffers } from './lapse.js';
import { findOffer, loadOwnRequest, loadRequest } from './load.js';
import { type FinancingRequest, type Offer, requestView } from './records.js';
import { changeRequest } from './write.js';

/** How long a bank may take to open what it sealed. */
const openWithinMs = limits.requestHours * 3_600_000;

/**
 * Ends the time for sealing, at the deadline. From this transaction on no offer can be added, whatever time somebody
 * writes into a proposal: sealing reads the request's state. Only then can offers be opened. A request that is closed
 * lapses, and its offers with it, once none of them can be accepted any more.
 */
export const closeRequest: Verb<'closeRequest'> = async (call, { id }) => {
  // The portal's own identity closes for whoever posted; a person does for their enterprise alone, and reads no other's need.
  const load = call.caller.role === 'service' ? loadRequest : loadOwnRequest;
  const request = await load(call, id);
  if (request.state === 'closed') return requestView(await lapsedIfOver(call, request));
  if (request.state !== 'open') return requestView(request);
  if (call.now < Date.parse(request.deadline)) throw new LedgerError('DEADLINE_AHEAD');
  return requestView(changeRequest(call, request, { state: 'closed' }));
};

async function lapsedIfOver(call: Call, request: FinancingRequest): Promise<FinancingRequest> {
  const found = await Promise.all(request.banks.map((bank) => findOffer(call, request.id, bank)));
  // Somebody whose clock is behind may still accept, and comes first.
  const now = call.now - clockToleranceMs;
  if (found.some(({ offer }) => offer !== undefined && mayBeAccepted(offer, request, now))) return request;
  await lapseOffers(call, request);
  return changeRequest(call, request, { state: 'lapsed' });
}

function mayBeAccepted({ state, terms }: Offer, { deadline }: FinancingRequest, now: number): boolean {
  if (state === 'sealed') return now < Date.parse(deadline) + openWithinMs;
  return state === 'opened' && terms !== undefined && dateOf(now) <= terms.validUntil;
}
