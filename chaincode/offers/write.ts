import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import { type FinancingRequest, type Offer, offerVersions, requestVersions } from './records.js';

/** Writes a version of a request: whole for the enterprise, for every bank without the names of the others. */
export function storeRequest({ work }: Call, request: FinancingRequest, holder?: string): void {
  const { owner, banks } = request;
  const { claim, ...rest } = request;
  requestVersions.write(work, request, [owner, ...banks], (one) => {
    if (one === owner) return request;
    return { ...rest, banks: [one], ...(one === holder && claim !== undefined && { claim }) };
  });
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
  const next = nextVersion(call, request, changes);
  storeRequest(call, next, holder);
  return next;
}

/** Writes a version of an offer: for the bidder, and for the enterprise from the moment it is open. */
export function storeOffer({ work }: Call, offer: Offer, owner: string): void {
  const isOpen = offer.terms !== undefined;
  offerVersions.write(work, offer, isOpen ? [offer.bank, owner] : [offer.bank]);
}

/**
 * Writes the next version of an offer.
 *
 * @param owner the enterprise whose request it answers; it gets a copy once the terms are open.
 */
export function changeOffer(call: Call, offer: Offer, changes: Partial<Offer>, owner: string): Offer {
  const next = nextVersion(call, offer, changes);
  storeOffer(call, next, owner);
  return next;
}
