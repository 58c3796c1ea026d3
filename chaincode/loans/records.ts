import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { loanViewSchema, type LoanView } from './api.js';

const loanShape = z.strictObject({
  ...loanViewSchema.shape,
  /** Digest of what was applied for. */
  request: z.string(),
});
export type Loan = z.infer<typeof loanShape>;
/** One version of a loan application, never overwritten. */
export const loan = recordKind('loan application', 'LA', loanShape);

/** Held by the bank, and by the enterprise's portal without the bank's people. */
export const loanVersions = new Versions('loan', loan);

const exposureShape = z.strictObject({
  seq: z.number(),
  /** The online loans that were open when the latest of them was approved, that one included. */
  claims: z.array(z.string()),
});
export type Exposure = z.infer<typeof exposureShape>;
/** Which claims make up what an enterprise owes a bank on online loans; what is outstanding stands in them. */
export const exposure = recordKind('exposure', 'LE', exposureShape);

/** With the government nodes, which alone approve: no change announces it, so the bank's gateway could not find it. */
export const exposureAt = (id: string) => at(registry, exposure, id);

export function loanView({ request: _request, ...view }: Loan): LoanView {
  return view;
}
