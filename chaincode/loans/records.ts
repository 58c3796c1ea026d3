import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor } from '../ledger/records.js';
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
  /** The online loans on which something is owed. */
  open: z.array(z.strictObject({ claim: z.string(), currency: z.string(), outstanding: storedMinor })),
});
export type Exposure = z.infer<typeof exposureShape>;
/** What an enterprise owes a bank on online loans, so that one more loan costs as much to approve as the first. */
export const exposure = recordKind('exposure', 'LE', exposureShape);

/** With the government nodes, which alone approve: no change announces it, so the bank's gateway could not find it. */
export const exposureAt = (id: string) => at(registry, exposure, id);

/** What the parties read of a loan; the digest of the request that made it stays on the ledger. */
export function loanView({ request: _request, ...view }: Loan): LoanView {
  return view;
}
