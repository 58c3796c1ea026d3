import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { grantLoan } from './grant.js';
import { loadLoan, loadReferred } from './load.js';
import { loanView } from './records.js';

/** A second person approves what an officer recommended; the claim is accepted in the same transaction. */
export const approveLoan: Verb<'approveLoan'> = async (call, { id, expectedSeq }) => {
  const known = await loadLoan(call, id);
  if (known.state === 'approved') return loanView(known);
  const loan = await loadReferred(call, id);
  if (loan.recommendation === undefined) throw new LedgerError('RECOMMENDATION_MISSING');
  const { by: reserves, amount, rate, note } = loan.recommendation;
  const accepts = call.caller.person;
  if (reserves === accepts) throw new LedgerError('FOUR_EYES');
  if (loan.seq !== expectedSeq) throw new LedgerError('VERSION_CONFLICT', { field: 'expectedSeq' });
  const terms = { amount, rate, note };
  const changes = { decidedBy: 'person', person: accepts } as const;
  return loanView(await grantLoan(call, loan, terms, { reserves, accepts }, changes));
};
