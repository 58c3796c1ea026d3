import { z } from 'zod';
import type { Call } from '../../ledger/call.js';
import { recordKind } from '../../ledger/records.js';
import { nextVersion, Versions } from '../../ledger/versions.js';
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
export const indemnity = recordKind('indemnity', 'IN', indemnityShape);

/** Held by the insurer and the bank. */
export const indemnityVersions = new Versions('indemnity', indemnity);

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
  indemnityVersions.write(work, one, [one.insurer, one.bank]);
}

/** Writes the next version. */
export function changeIndemnity(call: Call, one: Indemnity, changes: Partial<Indemnity>): Indemnity {
  const next = nextVersion(call, one, changes);
  storeIndemnity(call, next);
  return next;
}
