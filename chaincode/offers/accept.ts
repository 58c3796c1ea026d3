import type { ClaimInput } from '../api.js';
import { fillCover, fillLines } from '../draws/fill.js';
import { reserveClaim } from '../claims/reserve.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { assertBank } from '../members/banks.js';
import { dateOf } from '../rules/dates.js';
import type { OfferTerms } from './api.js';
import { loadOffer, loadOwnRequest } from './load.js';
import { type FinancingRequest, type Offer, offerView } from './records.js';
import { changeOffer, changeRequest } from './write.js';

/**
 * The enterprise takes one of the opened offers: the claim is reserved for that bank in this transaction. The others
 * stand until a second person of that bank has confirmed the claim, so that a bank that lets go leaves the enterprise its
 * choice. Doing it again changes nothing.
 */
export const acceptOffer: Verb<'acceptOffer'> = async (call, { id }) => {
  const { work, caller, now } = call;
  const offer = await loadOffer(work, caller.mspId, id);
  const request = await loadOwnRequest(call, offer.request);
  if (offer.state === 'accepted') return offerView(offer);
  // Nothing new begins in the name of a bank that was removed meanwhile.
  await assertBank(call, offer.bank, 'id');
  if (request.state === 'awarded') throw new LedgerError('REQUEST_AWARDED');
  const { terms } = offer;
  if (offer.state !== 'opened' || terms === undefined || terms.validUntil < dateOf(now)) {
    throw new LedgerError('OFFER_LAPSED');
  }
  // Another bank's opening before the request is closed does not end the time for the rest.
  if (request.state === 'open' && now < Date.parse(request.deadline)) throw new LedgerError('DEADLINE_AHEAD');
  if (request.state !== 'open' && request.state !== 'closed') throw new LedgerError('REQUEST_OVER');
  const { id: claim } = await reserveClaim(
    asBidder(call, offer),
    await fingerprints(work),
    claimOf(request, offer, terms, now),
    { request: request.id, offer: offer.id, owner: request.owner },
  );
  changeRequest(call, request, { state: 'awarded', claim }, offer.bank);
  return offerView(changeOffer(call, offer, { state: 'accepted', claim }, request.owner));
};

/** The claim is the bank's, and who sealed the offer counts as who reserved: another person has to accept. */
function asBidder(call: Call, { bank, sealedBy }: Offer): Call {
  return { ...call, caller: { mspId: bank, kind: 'bank', role: 'officer', person: sealedBy } };
}

function claimOf(request: FinancingRequest, offer: Offer, terms: OfferTerms, now: number): ClaimInput {
  return {
    idempotencyKey: `offer-${offer.id}`,
    applicationNumber: `REQ-${request.id.slice(0, 16)}`,
    enterprise: request.enterprise,
    product: request.product,
    amount: terms.amount,
    lines: fillLines(request.lines, terms.amount),
    cover: request.cover && fillCover(request.cover, terms.amount),
    dueDate: dateOf(now + request.tenorDays * 86_400_000),
    pastDueReason: request.pastDueReason,
    price: { rate: terms.rate, ...(terms.fees && { fees: terms.fees }) },
  };
}
