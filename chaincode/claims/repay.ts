import type { RepaymentSource } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/execute.js';
import { dateOf, instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { linesAfter } from '../rules/repayments.js';
import { lowerDraw, priceEffect, type ReleaseReason, releaseEffect } from '../rules/trades.js';
import { changeClaim, stateAfter } from './change.js';
import { changeDraws } from './draws.js';
import { isInsured } from './insured.js';

/** The loan is repaid, in full or in part; where the money came from decides what becomes of the balance. */
export const repayClaim: Verb<'repayClaim'> = (call, command) =>
  changeClaim(call, 'repayClaim', command, call.caller.mspId, async (claim) => {
    const { minor, currency } = parseMoney(command.amount, 'amount');
    if (command.source === 'indemnity' && !isInsured(claim)) {
      throw new LedgerError('COVER_REQUIRED', {
        detail: 'Only an insured claim is repaid by an indemnity.',
        field: 'source',
      });
    }
    if (currency !== claim.currency) throw new LedgerError('CURRENCY_MIXED', { field: 'amount.currency' });
    const state = stateAfter(claim, minor === claim.outstanding ? 'repay-all' : 'repay-part');
    if (minor > claim.outstanding) throw new LedgerError('OVERPAYMENT', { field: 'amount.amount' });

    const outstanding = claim.outstanding - minor;
    const lines = linesAfter(claim, outstanding);
    const reason = releaseReason(command.source, dateOf(call.now) <= claim.dueDate);
    const touched = lines.filter((line, index) => line.held !== claim.lines[index]?.held);
    await changeDraws(call, touched, (trade, line) =>
      lowerDraw(trade, claim.id, line, line.held, releaseEffect(reason, line), priceEffect(reason)),
    );
    const repayment = { amount: minor, source: command.source, at: instantText(call.now) };
    return { state, outstanding, lines, repayments: [...claim.repayments, repayment] };
  });

function releaseReason(source: RepaymentSource, inTime: boolean): ReleaseReason {
  if (source !== 'own-funds') return source;
  return inTime ? 'own-funds' : 'own-funds-late';
}
