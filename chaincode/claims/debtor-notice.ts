import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { changeClaim, stateAfter } from './change.js';
import { debtorsOf } from './debtors.js';

/**
 * The bank records that the debtor was told of the assignment. It moves no balance and no priority; from now on the
 * registry names the bank to a debtor who asks whom to pay. A bank that has taken a claim over writes a letter of its own. A later notice replaces the one before, and both stay in
 * the history. Debtors that have an account at the portal read there whom they pay.
 */
export const recordDebtorNotice: Verb<'recordDebtorNotice'> = (call, command) =>
  changeClaim(call, 'recordDebtorNotice', command, call.caller.mspId, async (claim) => {
    const { date, how } = command;
    const state = stateAfter(claim, 'notify-debtor');
    // It is tomorrow already somewhere.
    if (dayNumber(date) > dayNumber(dateOf(call.now)) + 1)
      throw new LedgerError('DATE_INVALID', { field: 'date' });
    const debtorNotice = { bank: claim.owner, date, how, recordedAt: instantText(call.now) };
    const debtors = await debtorsOf(call, claim);
    return { state, debtorNotice, debtors: debtors.length > 0 ? debtors : undefined };
  });
