import { z } from 'zod';
import type { PartyId } from '../api.js';
import { type Address, partyCollection, registry } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import {
  type CreditCategory,
  creditQueryViewSchema,
  type CreditRecordView,
  creditRecordViewSchema,
} from './api.js';

/** One version of what the regulator keeps of an enterprise, never overwritten. */
export const creditRecord: RecordKind<CreditRecordView> = {
  name: 'credit record',
  shape: creditRecordViewSchema,
  upgrades: [],
};

const creditQueryShape = z.strictObject({
  ...creditQueryViewSchema.shape,
  /** Versions of the records that the query opened. */
  opened: z.array(z.strictObject({ record: z.string(), version: z.number() })),
  /** Digest of what was asked, to recognise the request when it comes again. */
  request: z.string(),
});
export type CreditQuery = z.infer<typeof creditQueryShape>;
/** One version of an entry of the log, never overwritten: as it was asked, and as it was answered. */
export const creditQuery: RecordKind<CreditQuery> = {
  name: 'credit query',
  shape: creditQueryShape,
  upgrades: [],
};

export const creditRecordAt = (id: string, version: number): Address<CreditRecordView> => ({
  collection: registry,
  key: `CR~${id}~${version}`,
  kind: creditRecord,
});
export const publicCreditAt = (id: string) => ({
  collection: undefined,
  key: `credit~${id}`,
  kind: publicState,
});
/** @param mspId the bank that asked, or the portal of the enterprises: both hold the same. */
export const creditQueryAt = (mspId: string, id: string, seq: number): Address<CreditQuery> => ({
  collection: partyCollection(mspId),
  key: `Q~${id}~${seq}`,
  kind: creditQuery,
});
export const publicQueryAt = (id: string) => ({
  collection: undefined,
  key: `query~${id}`,
  kind: publicState,
});

/** Ids that the record of an enterprise in a category may have. */
export function creditIds(keys: Fingerprints, enterprise: PartyId, category: CreditCategory) {
  return keys.candidates('credit', `${partyText(enterprise)}\n${category}`);
}
