import type { Verb } from '../ledger/verb.js';
import { awardFalls } from '../offers/award.js';
import { changeClaim, stateAfter } from './change.js';
import { releaseDraws } from '../draws/draws.js';

/** The bank's review turns an application down: the balance is restored. */
export const rejectClaim: Verb<'rejectClaim'> = (call, command) =>
  changeClaim(call, 'rejectClaim', command, call.caller.mspId, async (claim) => {
    const state = stateAfter(claim, 'reject');
    await awardFalls(call, claim);
    const released = await releaseDraws(call, claim, 'never-disbursed');
    return { state, ...released, expiresAt: undefined, reason: command.reason };
  });
