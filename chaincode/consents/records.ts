import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { type ConsentView, consentViewSchema } from './api.js';

const consentShape = z.strictObject({
  ...consentViewSchema.shape,
  owner: z.string(),
  /** The document, as the registry knows it. */
  fact: z.string().optional(),
  /** Digest of the request that made it. */
  request: z.string(),
});
export type Consent = z.infer<typeof consentShape>;
/** One version of a consent, never overwritten. */
export const consent = recordKind('consent', 'CO', consentShape);

/** Held by the enterprise's portal and the bank. */
export const consentVersions = new Versions('consent', consent);

/** Which consent an account last gave a bank, for everything or for one document. */
export const consentOf = recordKind('consent of an account', 'CF', z.strictObject({ consent: z.string() }));

export const consentOfAt = (id: string) => at(registry, consentOf, id);

/** Where the consent of an account to a bank is found. */
export function consentIds(
  keys: Fingerprints,
  {
    bank,
    account,
    fact = '',
  }: { readonly bank: string; readonly account: string; readonly fact?: string | undefined },
): [newest: string, ...older: string[]] {
  return keys.candidates('consent-of', [bank, account, fact].join('\n'));
}

/** What the parties read of a consent: without the keys by which the ledger finds it again. */
export function consentView({
  owner: _owner,
  fact: _fact,
  request: _request,
  ...view
}: Consent): ConsentView {
  return view;
}
