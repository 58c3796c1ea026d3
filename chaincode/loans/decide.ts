import { findAuthorisation } from '../authorisations/write.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { readOpenLoans } from '../claims/open-loans.js';
import { grantLoan } from './grant.js';
import { loadLoan } from './load.js';
import { liveMandate, useMandate } from './mandates/use.js';
import { findQuery } from './query.js';
import { type Loan, loanView } from './records.js';
import { changeLoan } from './write.js';

/**
 * The bank's gateway decides by the bank's rules. Without a live mandate it can do nothing but refer the application to
 * a person; with one it can decline, and approve what the mandate, the quoted authorisation and the documents bear.
 * What has been decided stays decided: deciding again changes nothing.
 */
export const decideLoan: Verb<'decideLoan'> = async (call, { id, rules, mandate: mandateId, outcome }) => {
  const loan = await loadLoan(call, id);
  if (loan.state !== 'submitted') return loanView(loan);
  const query = await findQuery(call, loan);
  const decision: Partial<Loan> = {
    reasons: outcome.reasons,
    ...(rules !== undefined && { rules }),
    ...(query !== undefined && { query: query.id }),
  };
  if (outcome.decision === 'referred') {
    return loanView(changeLoan(call, loan, { ...decision, state: 'referred' }));
  }
  const mandate = await liveMandate(call, mandateId, rules);
  const decided: Partial<Loan> = { ...decision, decidedBy: 'rules', mandate: mandate.id };
  if (outcome.decision === 'declined') {
    return loanView(changeLoan(call, loan, { ...decided, state: 'declined' }));
  }
  if (query?.state !== 'allowed') throw new LedgerError('QUERY_MISSING');
  await assertConsent(call, loan);
  await assertExposure(call, loan, outcome.exposure);
  useMandate(call, mandate, outcome.terms.amount);
  const people = { reserves: mandate.proposedBy, accepts: mandate.grantedBy };
  const share = BigInt(outcome.advanceRate);
  return loanView(await grantLoan(call, loan, { ...outcome.terms, share }, people, decided));
};

/** @throws LedgerError VERSION_CONFLICT: another loan to the enterprise has been approved since the rules looked. */
async function assertExposure(call: Call, loan: Loan, seen: number): Promise<void> {
  const { seq } = await readOpenLoans(call, loan);
  if (seq !== seen) throw new LedgerError('VERSION_CONFLICT', { field: 'outcome.exposure' });
}

/** @throws LedgerError AUTHORISATION_REVOKED: what was opened before must not be used any more. */
async function assertConsent(call: Call, loan: Loan): Promise<void> {
  const authorisation = await findAuthorisation(call, loan.authorisation);
  if (authorisation?.state !== 'revoked') return;
  throw new LedgerError('AUTHORISATION_REVOKED', { detail: 'The enterprise has revoked the authorisation.' });
}
