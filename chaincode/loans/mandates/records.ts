import { z } from 'zod';
import { recordKind } from '../../ledger/records.js';
import { Versions } from '../../ledger/versions.js';
import { mandateViewSchema, type MandateView } from '../api.js';

const mandateShape = z.strictObject({
  ...mandateViewSchema.shape,
  /** Digest of what was proposed. */
  request: z.string(),
});
export type Mandate = z.infer<typeof mandateShape>;
/** One version of a mandate, never overwritten. */
export const mandate = recordKind('mandate', 'LM', mandateShape);

/** Held by the bank. */
export const mandateVersions = new Versions('mandate', mandate);

/** What the bank reads of its mandate; the digest of the request that made it stays on the ledger. */
export function mandateView({ request: _request, ...view }: Mandate): MandateView {
  return view;
}
