import { findFirst } from '../ledger/find-first.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { type Exposure, exposureAt, type Loan } from '../loans/records.js';
import { partyText } from '../rules/parties.js';
import type { Claim } from './records.js';

/** What an enterprise owes a bank on online loans, loan by loan, also on those in a dispute or written off. */
export interface OpenLoans {
  readonly id: string;
  /** Counts the approvals, not the repayments. */
  readonly seq: number;
  readonly open: Exposure['open'];
}

/**
 * Reads them as one record, however many there are. Whoever approves a loan does, so that of two approvals at once for one
 * enterprise one commits.
 */
export async function readOpenLoans(
  { work }: Call,
  { bank, enterprise }: Pick<Loan, 'bank' | 'enterprise'>,
): Promise<OpenLoans> {
  const keys = await fingerprints(work);
  const ids = keys.candidates('exposure', `${bank}\n${partyText(enterprise)}`);
  const { id, record } = await findFirst(work, ids, exposureAt);
  return { id, seq: record?.seq ?? 0, open: record?.open ?? [] };
}

/** Adds the claim of a loan that is being approved. */
export function addOpenLoan({ work }: Call, { id, seq, open }: OpenLoans, claim: Claim): void {
  work.write(exposureAt(id), { seq: seq + 1, open: [...open, owedOn(claim)] });
}

/**
 * Keeps what is owed on an online loan, with every version of its claim that changes it.
 *
 * @param before the version before; undefined where the bank takes the claim over.
 */
export async function keepOpenLoan(call: Call, before: Claim | undefined, claim: Claim): Promise<void> {
  if (claim.product !== 'micro-loan' || before?.outstanding === claim.outstanding) return;
  const { id, seq, open } = await readOpenLoans(call, { bank: claim.owner, enterprise: claim.enterprise });
  const others = open.filter((one) => one.claim !== claim.id);
  const owed = claim.outstanding > 0n ? [owedOn(claim)] : [];
  call.work.write(exposureAt(id), { seq, open: [...others, ...owed] });
}

function owedOn({ id, currency, outstanding }: Claim): Exposure['open'][number] {
  return { claim: id, currency, outstanding };
}
