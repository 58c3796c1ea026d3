import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { changeClaim, stateAfter } from './change.js';

/**
 * The bank records that the debtor was told of the assignment. It moves no balance and no priority; from now on the
 * registry names the bank to a debtor who asks whom to pay. A bank that has taken a claim over writes a letter of its own. A later notice replaces the one before, and both stay in
 * the history.
 */
export const recordDebtorNotice: Verb<'recordDebtorNotice'> = (call, command) =>
  changeClaim(call, 'recordDebtorNotice', command, call.caller.mspId, (claim) => {
    const { date, how } = command;
    const state = stateAfter(claim, 'notify-debtor');
    // It is tomorrow already somewhere.
    if (dayNumber(date) > dayNumber(dateOf(call.now)) + 1)
      throw new LedgerError('DATE_INVALID', { field: 'date' });
    const debtorNotice = { bank: claim.owner, date, how, recordedAt: instantText(call.now) };
    return Promise.resolve({ state, debtorNotice });
  });
