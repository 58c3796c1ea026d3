import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import { type Loan, loanVersions } from './records.js';

/** Writes a version of an application: whole for the bank, without the bank's people and their advice for the enterprise. */
export function storeLoan({ work }: Call, loan: Loan): void {
  const { owner, bank } = loan;
  const { person: _person, recommendation: _recommendation, ...shown } = loan;
  loanVersions.write(work, loan, [bank, owner], (holder) => (holder === bank ? loan : shown));
}

/**
 * Writes the next version, out of the bank's copy.
 *
 * @returns that version.
 */
export function changeLoan(call: Call, loan: Loan, changes: Partial<Loan>): Loan {
  const next = nextVersion(call, loan, changes);
  storeLoan(call, next);
  return next;
}
