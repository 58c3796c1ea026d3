import type { Verb } from '../ledger/verb.js';
import { loadLoan, loadReferred } from './load.js';
import { loanView } from './records.js';
import { changeLoan } from './write.js';

/** An approver turns a referred application down; that takes no second person. Doing it again changes nothing. */
export const declineLoan: Verb<'declineLoan'> = async (call, { id, reason }) => {
  const known = await loadLoan(call, id);
  if (known.state === 'declined') return loanView(known);
  const loan = await loadReferred(call, id);
  return loanView(
    changeLoan(call, loan, {
      state: 'declined',
      decidedBy: 'person',
      person: call.caller.person,
      reasons: [...loan.reasons, { rule: 'person', detail: reason }],
    }),
  );
};
