import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import {
  type FinancingRequest,
  type Offer,
  offerAt,
  publicOfferAt,
  publicRequestAt,
  requestAt,
} from './records.js';

/** Writes a version of a request: whole for the enterprise, for every bank without the names of the others. */
export function storeRequest({ work }: Call, request: FinancingRequest, holder?: string): void {
  const { id, state, seq, owner, banks, claim, ...rest } = request;
  work.write(requestAt(owner, id, seq), request);
  for (const bank of banks) {
    const own = bank === holder && claim !== undefined ? { claim } : {};
    work.write(requestAt(bank, id, seq), { ...rest, id, state, seq, owner, banks: [bank], ...own });
  }
  work.write(publicRequestAt(id), { state, seq });
  work.changed({ kind: 'request', id, state, seq });
}

/**
 * Writes the next version of a request.
 *
 * @param holder the bank that holds the claim that came of it.
 */
export function changeRequest(
  call: Call,
  request: FinancingRequest,
  changes: Partial<FinancingRequest>,
  holder?: string,
): FinancingRequest {
  const next = { ...request, ...changes, seq: request.seq + 1, updatedAt: instantText(call.now) };
  storeRequest(call, next, holder);
  return next;
}

/** Writes a version of an offer: for the bidder, and for the enterprise from the moment it is open. */
export function storeOffer({ work }: Call, offer: Offer, owner: string): void {
  const { id, bank, state, seq, terms } = offer;
  work.write(offerAt(bank, id, seq), offer);
  if (terms !== undefined) work.write(offerAt(owner, id, seq), offer);
  work.write(publicOfferAt(id), { state, seq });
  work.changed({ kind: 'offer', id, state, seq });
}

export function changeOffer(call: Call, offer: Offer, changes: Partial<Offer>, owner: string): Offer {
  const next = { ...offer, ...changes, seq: offer.seq + 1, updatedAt: instantText(call.now) };
  storeOffer(call, next, owner);
  return next;
}
