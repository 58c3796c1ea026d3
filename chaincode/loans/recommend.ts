import type { Verb } from '../ledger/verb.js';
import { loadReferred } from './load.js';
import { loanView } from './records.js';
import { checkLoanTerms } from './terms.js';
import { changeLoan } from './write.js';

/** An officer looks at a referred application and says on which terms it should be approved; a new one replaces it. */
export const recommendLoan: Verb<'recommendLoan'> = async (call, { id, amount, rate, note }) => {
  const loan = await loadReferred(call, id);
  checkLoanTerms({ amount, rate }, loan, 'amount');
  const by = call.caller.person;
  const recommendation = { amount, rate, ...(note !== undefined && { note }), by };
  return loanView(changeLoan(call, loan, { recommendation }));
};
