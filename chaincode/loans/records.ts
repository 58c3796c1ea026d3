import { z } from 'zod';
import { type Address, partyCollection, registry } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import { loanViewSchema, type LoanView } from './api.js';

const loanShape = z.strictObject({
  ...loanViewSchema.shape,
  /** Digest of what was applied for. */
  request: z.string(),
});
export type Loan = z.infer<typeof loanShape>;
/** One version of a loan application, never overwritten. */
export const loan: RecordKind<Loan> = { name: 'loan application', shape: loanShape, upgrades: [] };

/** @param mspId the bank, or the enterprise's portal, which holds a copy without the bank's people. */
export const loanAt = (mspId: string, id: string, seq: number): Address<Loan> => ({
  collection: partyCollection(mspId),
  key: `LA~${id}~${seq}`,
  kind: loan,
});
export const publicLoanAt = (id: string) => ({
  collection: undefined,
  key: `loan~${id}`,
  kind: publicState,
});

const exposureShape = z.strictObject({
  seq: z.number(),
  /** The online loans that were open when the latest of them was approved, that one included. */
  claims: z.array(z.string()),
});
export type Exposure = z.infer<typeof exposureShape>;
/** Which claims make up what an enterprise owes a bank on online loans; what is outstanding stands in them. */
export const exposure: RecordKind<Exposure> = { name: 'exposure', shape: exposureShape, upgrades: [] };

/** With the government nodes, which alone approve: no change announces it, so the bank's gateway could not find it. */
export const exposureAt = (id: string): Address<Exposure> => ({
  collection: registry,
  key: `LE~${id}`,
  kind: exposure,
});

export function loanView({ request: _request, ...view }: Loan): LoanView {
  return view;
}
