import { LedgerError } from '../errors.js';
import { assertCovered } from '../insurance/still-covered.js';
import type { Verb } from '../ledger/verb.js';
import { assertStillPresented } from '../letters-of-credit/under-credit.js';
import { awardStands } from '../offers/award.js';
import { changeClaim, stateAfter } from './change.js';
import { isInsured } from './insured.js';
import { assertInTime, payoutEnds } from './payout-time.js';
import { drawAgain } from './still-carried.js';

/**
 * A second person confirms a reservation: from now on it has weeks to be paid out instead of hours to be confirmed. Its
 * documents have to carry it on that day, and the cover of an insured claim has to stand.
 */
export const acceptClaim: Verb<'acceptClaim'> = (call, command) =>
  changeClaim(call, 'acceptClaim', command, call.caller.mspId, async (claim) => {
    const { caller, now } = call;
    if (claim.reservedBy.mspId === caller.mspId && claim.reservedBy.id === caller.person) {
      throw new LedgerError('FOUR_EYES');
    }
    const state = stateAfter(claim, 'accept');
    assertInTime(claim, now);
    const shareOf = isInsured(claim) ? await assertCovered(call, claim) : undefined;
    await assertStillPresented(call, claim);
    const expiresAt = await payoutEnds(call, claim.dueDate);
    const lines = await drawAgain(call, claim, { until: expiresAt, shareOf });
    await awardStands(call, claim);
    return { state, lines, expiresAt, extensions: 0 };
  });
