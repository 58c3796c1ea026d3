import { z } from 'zod';
import { type Address, partyCollection } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import { offerViewSchema, type OfferView, requestViewSchema, type RequestView } from './api.js';

const requestShape = z.strictObject({
  ...requestViewSchema.shape,
  /** Digest of what was posted. */
  request: z.string(),
});
export type FinancingRequest = z.infer<typeof requestShape>;
/** One version of a financing request, never overwritten. */
export const financingRequest: RecordKind<FinancingRequest> = {
  name: 'financing request',
  shape: requestShape,
  upgrades: [],
};

const offerShape = z.strictObject({
  ...offerViewSchema.shape,
  /** Who sealed it, and counts as the person who reserved the claim that comes of it. */
  sealedBy: z.string(),
});
export type Offer = z.infer<typeof offerShape>;
/** One version of an offer, never overwritten. */
export const offer: RecordKind<Offer> = { name: 'offer', shape: offerShape, upgrades: [] };

/** @param mspId the enterprise's portal, or one of the banks that were asked. */
export const requestAt = (mspId: string, id: string, seq: number): Address<FinancingRequest> => ({
  collection: partyCollection(mspId),
  key: `M~${id}~${seq}`,
  kind: financingRequest,
});
export const publicRequestAt = (id: string) => ({
  collection: undefined,
  key: `request~${id}`,
  kind: publicState,
});
/** @param mspId the bidder; the enterprise's portal too once the offer is open. */
export const offerAt = (mspId: string, id: string, seq: number): Address<Offer> => ({
  collection: partyCollection(mspId),
  key: `O~${id}~${seq}`,
  kind: offer,
});
export const publicOfferAt = (id: string) => ({
  collection: undefined,
  key: `offer~${id}`,
  kind: publicState,
});

export function requestView({ request: _request, ...view }: FinancingRequest): RequestView {
  return view;
}

export function offerView({ sealedBy: _sealedBy, ...view }: Offer): OfferView {
  return view;
}
