import type { Verb } from '../ledger/execute.js';
import { changeClaim, stateAfter } from './change.js';
import { releaseDraws } from './draws.js';
import { ownerMeant } from './load.js';

/** The bank or the regulator puts a claim in dispute; it keeps what it holds until that is resolved. */
export const disputeClaim: Verb<'disputeClaim'> = async (call, command) =>
  changeClaim(call, 'disputeClaim', command, await ownerMeant(call, command.owner), (claim) =>
    Promise.resolve({ state: stateAfter(claim, 'dispute'), before: claim.state, reason: command.reason }),
  );

/** The dispute ends: the claim goes on as before, or falls and restores the balance. */
export const resolveDispute: Verb<'resolveDispute'> = async (call, command) =>
  changeClaim(call, 'resolveDispute', command, await ownerMeant(call, command.owner), async (claim) => {
    const falls = command.outcome === 'upheld';
    return {
      state: stateAfter(claim, falls ? 'uphold-dispute' : 'dismiss-dispute'),
      ...(falls && (await releaseDraws(call, claim, 'never-disbursed'))),
      before: undefined,
      reason: command.reason,
    };
  });
