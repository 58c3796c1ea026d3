import { assertCovered } from '../insurance/still-covered.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { changeClaim, stateAfter } from './change.js';
import { isInsured } from './insured.js';
import { assertInTime } from './payout-time.js';
import { drawAgain } from './still-carried.js';

/** The bank pays the money out, while the documents and the cover of the claim still stand. */
export const disburseClaim: Verb<'disburseClaim'> = (call, command) =>
  changeClaim(call, 'disburseClaim', command, call.caller.mspId, async (claim) => {
    const state = stateAfter(claim, 'disburse');
    assertInTime(claim, call.now);
    const shareOf = isInsured(claim) ? await assertCovered(call, claim) : undefined;
    const lines = await drawAgain(call, claim, { shareOf });
    const paidOutAt = instantText(call.now);
    return { state, lines, expiresAt: undefined, paidOutAt, reference: command.reference };
  });
