import type { Verb } from '../ledger/verb.js';
import { formatMoney } from '../rules/money.js';
import { stateAfter } from './change.js';
import { recordRepayment } from './record-repayment.js';
import { withoutOffer } from './transfer.js';
import { type Apply, takeStep } from './take-step.js';

/** The exporter takes the claim back and pays all that is owed; the receivable is its own again. */
export const repurchaseClaim: Verb<'repurchaseClaim'> = (call, command) =>
  takeStep(call, 'repurchaseClaim', command, repurchase);

/** What a repurchase changes of a claim: it is repaid, and ends under its own name. */
export const repurchase: Apply<'repurchaseClaim'> = async (call, claim, { reference, reason }) => {
  const state = stateAfter(claim, 'repurchase');
  const amount = formatMoney(claim.outstanding, claim.currency);
  const repaid = await recordRepayment(call, claim, { amount, source: 'repurchase' });
  return { ...repaid, state, reason, ...(reference && { reference }), ...withoutOffer(call, claim) };
};
