import { LedgerError } from '../errors.js';
import { assertCovered } from '../insurance/still-covered.js';
import type { Verb } from '../ledger/execute.js';
import { isDrawOf } from '../rules/trades.js';
import { changeClaim, stateAfter } from './change.js';
import { changeDraws } from './draws.js';
import { isInsured } from './insured.js';

/**
 * A second person confirms a reservation: from now on it no longer lapses by itself. The cover of an insured claim has
 * to stand on that day, too.
 */
export const acceptClaim: Verb<'acceptClaim'> = (call, command) =>
  changeClaim(call, 'acceptClaim', command, call.caller.mspId, async (claim) => {
    const { caller, now } = call;
    if (claim.reservedBy.mspId === caller.mspId && claim.reservedBy.id === caller.person) {
      throw new LedgerError('FOUR_EYES');
    }
    const state = stateAfter(claim, 'accept');
    if (claim.expiresAt !== undefined && now > claim.expiresAt) throw new LedgerError('RESERVATION_EXPIRED');
    if (isInsured(claim)) await assertCovered(call, claim);
    await changeDraws(call, claim.lines, (trade, line) => {
      const draw = trade.draws.find((one) => isDrawOf(one, claim.id, line));
      // Another claim has met the lapsed reservation and dropped it.
      if (draw === undefined) throw new LedgerError('RESERVATION_EXPIRED');
      return {
        ...trade,
        draws: trade.draws.map((one) => (one === draw ? { ...one, until: undefined } : one)),
      };
    });
    return { state, expiresAt: undefined, extensions: 0 };
  });
