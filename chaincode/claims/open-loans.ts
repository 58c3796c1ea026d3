import { findFirst } from '../ledger/find-first.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { exposureAt, type Loan } from '../loans/records.js';
import { partyText } from '../rules/parties.js';
import { loadClaim } from './load.js';
import type { Claim } from './records.js';

/** The open online loans of an enterprise at a bank. */
export interface OpenLoans {
  readonly id: string;
  readonly seq: number;
  readonly claims: readonly Claim[];
}

/**
 * Reads them, also those that fell in a dispute or were written off and are still owed. Whoever approves a loan does, so that
 * of two approvals at once for one enterprise one commits.
 */
export async function readOpenLoans(
  { work }: Call,
  { bank, enterprise }: Pick<Loan, 'bank' | 'enterprise'>,
): Promise<OpenLoans> {
  const keys = await fingerprints(work);
  const ids = keys.candidates('exposure', `${bank}\n${partyText(enterprise)}`);
  const { id, record } = await findFirst(work, ids, exposureAt);
  const claims = await Promise.all((record?.claims ?? []).map((one) => loadClaim(work, bank, one)));
  return { id, seq: record?.seq ?? 0, claims: claims.filter(({ outstanding }) => outstanding > 0n) };
}

/** Adds the claim of a loan that is being approved; those that are over are dropped. */
export function addOpenLoan({ work }: Call, { id, seq, claims }: OpenLoans, claim: string): void {
  work.write(exposureAt(id), { seq: seq + 1, claims: [...claims.map((one) => one.id), claim] });
}

/** Counts an online loan again of which less has come back than was recorded: it may have been dropped as over. */
export async function keepOpenLoan(call: Call, claim: Claim): Promise<void> {
  if (claim.product !== 'micro-loan') return;
  const open = await readOpenLoans(call, { bank: claim.owner, enterprise: claim.enterprise });
  if (open.claims.some(({ id }) => id === claim.id)) return;
  addOpenLoan(call, open, claim.id);
}
