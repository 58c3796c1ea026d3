import type { Verb } from '../ledger/verb.js';
import { awardFalls } from '../offers/award.js';
import { changeClaim, stateAfter } from './change.js';
import { releaseDraws } from '../draws/draws.js';

/** The bank gives a claim up before paying out: the balance is restored. */
export const withdrawClaim: Verb<'withdrawClaim'> = (call, command) =>
  changeClaim(call, 'withdrawClaim', command, call.caller.mspId, async (claim) => {
    const state = stateAfter(claim, 'withdraw');
    await awardFalls(call, claim);
    const released = await releaseDraws(call, claim, 'never-disbursed');
    return { state, ...released, expiresAt: undefined, reason: command.reason };
  });
