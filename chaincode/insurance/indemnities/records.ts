import { z } from 'zod';
import { type Address, partyCollection } from '../../ledger/addresses.js';
import type { Call } from '../../ledger/call.js';
import { publicState, type RecordKind } from '../../ledger/records.js';
import { instantText } from '../../rules/dates.js';
import { indemnityViewSchema, type IndemnityView } from './api.js';

const indemnityShape = z.strictObject({
  ...indemnityViewSchema.shape,
  /** The buyer limit as a fact. */
  fact: z.string(),
  /** Who confirmed it, by enrolment id: another person withdraws it. */
  confirmedBy: z.string(),
  /** Digest of what was confirmed. */
  request: z.string(),
});
export type Indemnity = z.infer<typeof indemnityShape>;
/** One version of an indemnity, never overwritten. */
export const indemnity: RecordKind<Indemnity> = { name: 'indemnity', shape: indemnityShape, upgrades: [] };

/** @param mspId the insurer or the bank: each holds a copy. */
export const indemnityAt = (mspId: string, id: string, seq: number): Address<Indemnity> => ({
  collection: partyCollection(mspId),
  key: `IN~${id}~${seq}`,
  kind: indemnity,
});
export const publicIndemnityAt = (id: string) => ({
  collection: undefined,
  key: `indemnity~${id}`,
  kind: publicState,
});

/** An indemnity without what only the ledger needs. */
export function indemnityView({
  fact: _fact,
  confirmedBy: _confirmedBy,
  request: _request,
  ...view
}: Indemnity): IndemnityView {
  return view;
}

/** Writes a version: a copy for insurer and bank, and the public line. */
export function storeIndemnity({ work }: Call, one: Indemnity): void {
  const { id, insurer, bank, state, seq } = one;
  for (const party of [insurer, bank]) work.write(indemnityAt(party, id, seq), one);
  work.write(publicIndemnityAt(id), { state, seq });
  work.changed({ kind: 'indemnity', id, state, seq });
}

/** Writes the next version. */
export function changeIndemnity(call: Call, one: Indemnity, changes: Partial<Indemnity>): Indemnity {
  const next = { ...one, ...changes, seq: one.seq + 1, updatedAt: instantText(call.now) };
  storeIndemnity(call, next);
  return next;
}
