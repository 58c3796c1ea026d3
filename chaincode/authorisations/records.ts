import { z } from 'zod';
import { recordKind } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { type AuthorisationView, authorisationViewSchema } from './api.js';

const authorisationShape = z.strictObject({
  ...authorisationViewSchema.shape,
  /** Digest of the request that made it. */
  request: z.string(),
});
export type Authorisation = z.infer<typeof authorisationShape>;
/** One version of an authorisation, never overwritten. */
export const authorisation = recordKind('authorisation', 'A', authorisationShape);

/** Held by the enterprise's portal and the bank. */
export const authorisationVersions = new Versions('authorisation', authorisation);

/** What both parties read of an authorisation; the digest of the request that made it stays on the ledger. */
export function authorisationView({ request: _request, ...view }: Authorisation): AuthorisationView {
  return view;
}
