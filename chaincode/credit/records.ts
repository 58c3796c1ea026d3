import { z } from 'zod';
import type { PartyId } from '../api.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { PublicLine, Versions } from '../ledger/versions.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { type CreditCategory, creditQueryViewSchema, creditRecordViewSchema } from './api.js';

/** One version of what the regulator keeps of an enterprise, never overwritten. */
export const creditRecord = recordKind('credit record', 'CR', creditRecordViewSchema);

const creditQueryShape = z.strictObject({
  ...creditQueryViewSchema.shape,
  /** Versions of the records that the query opened. */
  opened: z.array(z.strictObject({ record: z.string(), version: z.number() })),
  /** Digest of what was asked, to recognise the request when it comes again. */
  request: z.string(),
});
export type CreditQuery = z.infer<typeof creditQueryShape>;
/** One version of an entry of the log, never overwritten: as it was asked, and as it was answered. */
export const creditQuery = recordKind('credit query', 'Q', creditQueryShape);

export const creditRecordAt = (id: string, version: number) => at(registry, creditRecord, id, version);
export const creditLine = new PublicLine('credit');
/** Held by the bank that asked, and by the portal of the enterprises. */
export const queryVersions = new Versions('query', creditQuery);

/** Ids that the record of an enterprise in a category may have. */
export function creditIds(keys: Fingerprints, enterprise: PartyId, category: CreditCategory) {
  return keys.candidates('credit', `${partyText(enterprise)}\n${category}`);
}
