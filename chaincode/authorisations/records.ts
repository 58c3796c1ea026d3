import { z } from 'zod';
import { type Address, partyCollection } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import { type AuthorisationView, authorisationViewSchema } from './api.js';

const authorisationShape = z.strictObject({
  ...authorisationViewSchema.shape,
  /** Digest of the request that made it. */
  request: z.string(),
});
export type Authorisation = z.infer<typeof authorisationShape>;
/** One version of an authorisation, never overwritten. */
export const authorisation: RecordKind<Authorisation> = {
  name: 'authorisation',
  shape: authorisationShape,
  upgrades: [],
};

/** @param mspId the enterprise's portal, or the bank, which holds a copy. */
export const authorisationAt = (mspId: string, id: string, seq: number): Address<Authorisation> => ({
  collection: partyCollection(mspId),
  key: `A~${id}~${seq}`,
  kind: authorisation,
});
export const publicAuthorisationAt = (id: string) => ({
  collection: undefined,
  key: `authorisation~${id}`,
  kind: publicState,
});

export function authorisationView({ request: _request, ...view }: Authorisation): AuthorisationView {
  return view;
}
