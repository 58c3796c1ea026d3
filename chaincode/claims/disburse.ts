import { assertCovered } from '../insurance/still-covered.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { stateAfter } from './change.js';
import { isInsured } from './insured.js';
import { assertInTime } from './payout-time.js';
import { drawAgain } from './still-carried.js';
import { type Apply, takeStep } from './take-step.js';

/** The bank pays the money out, while the documents and the cover of the claim still stand. */
export const disburseClaim: Verb<'disburseClaim'> = (call, command) =>
  takeStep(call, 'disburseClaim', command, payOut);

/** What a payout changes of a claim. */
export const payOut: Apply<'disburseClaim'> = async (call, claim, { reference }) => {
  const state = stateAfter(claim, 'disburse');
  assertInTime(claim, call.now);
  const shareOf = isInsured(claim) ? await assertCovered(call, claim) : undefined;
  const lines = await drawAgain(call, claim, { shareOf });
  return { state, lines, expiresAt: undefined, paidOutAt: instantText(call.now), reference };
};
