import { z } from 'zod';
import { recordKind } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { offerViewSchema, type OfferView, requestViewSchema, type RequestView } from './api.js';

const requestShape = z.strictObject({
  ...requestViewSchema.shape,
  /** Digest of what was posted. */
  request: z.string(),
});
export type FinancingRequest = z.infer<typeof requestShape>;
/** One version of a financing request, never overwritten. */
export const financingRequest = recordKind('financing request', 'M', requestShape);

const offerShape = z.strictObject({
  ...offerViewSchema.shape,
  /** Who sealed it, and counts as the person who reserved the claim that comes of it. */
  sealedBy: z.string(),
});
export type Offer = z.infer<typeof offerShape>;
/** One version of an offer, never overwritten. */
export const offer = recordKind('offer', 'O', offerShape);

/** Held by the enterprise's portal, and by the banks that were asked. */
export const requestVersions = new Versions('request', financingRequest);
/** Held by the bidder, and by the enterprise's portal once the offer is open. */
export const offerVersions = new Versions('offer', offer);

/** What enterprise and banks read of a request; the digest of what made it stays on the ledger. */
export function requestView({ request: _request, ...view }: FinancingRequest): RequestView {
  return view;
}

/** What bank and enterprise read of an offer; which person sealed it only the ledger needs, to have that person claim. */
export function offerView({ sealedBy: _sealedBy, ...view }: Offer): OfferView {
  return view;
}
