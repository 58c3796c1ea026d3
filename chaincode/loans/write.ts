import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import { type Loan, loanAt, publicLoanAt } from './records.js';

/** Writes a version of an application: whole for the bank, without the bank's people and their advice for the enterprise. */
export function storeLoan({ work }: Call, loan: Loan): void {
  const { id, state, seq, owner, bank } = loan;
  const { person: _person, recommendation: _recommendation, ...shown } = loan;
  work.write(loanAt(bank, id, seq), loan);
  work.write(loanAt(owner, id, seq), shown);
  work.write(publicLoanAt(id), { state, seq });
  work.changed({ kind: 'loan', id, state, seq });
}

/**
 * Writes the next version, out of the bank's copy.
 *
 * @returns that version.
 */
export function changeLoan(call: Call, loan: Loan, changes: Partial<Loan>): Loan {
  const next = { ...loan, ...changes, seq: loan.seq + 1, updatedAt: instantText(call.now) };
  storeLoan(call, next);
  return next;
}
