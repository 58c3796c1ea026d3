import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Call } from '../ledger/call.js';
import { type Loan, loanVersions } from './records.js';

/**
 * The application as the caller's organisation holds it, for the bank or a person of the enterprise that applied.
 * Reading its public line makes every change of it a conflict.
 *
 * @throws LedgerError LOAN_NOT_FOUND, also for another enterprise's or another bank's.
 */
export async function loadLoan({ work, caller }: Call, id: string): Promise<Loan> {
  const loan = await loanVersions.latest(work, caller.mspId, id);
  if (loan === undefined || !actsFor(caller, loan.enterprise)) {
    throw new LedgerError('LOAN_NOT_FOUND', { field: 'id' });
  }
  return loan;
}

/**
 * The application, for a person of the bank to decide.
 *
 * @throws LedgerError LOAN_NOT_FOUND, LOAN_DECIDED, or LOAN_NOT_REFERRED while the rules have not spoken yet.
 */
export async function loadReferred(call: Call, id: string): Promise<Loan> {
  const loan = await loadLoan(call, id);
  if (loan.state === 'submitted') throw new LedgerError('LOAN_NOT_REFERRED');
  if (loan.state !== 'referred') throw new LedgerError('LOAN_DECIDED');
  return loan;
}
