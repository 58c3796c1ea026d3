import { writeClaim } from '../../claims/write.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { dateOf } from '../../rules/dates.js';
import { prepareLoan } from '../prepare.js';
import { requestFor, takenId } from '../take-on.js';
import { takenClaim } from '../taken-claim.js';
import { closedWindowOf } from '../windows.js';
import { decideCorrection } from './decide.js';

/** The loan is taken on as if it had come in time: the claim is the bank's, and names the correction by which it came. */
export const approveCorrection: Verb<'approveCorrection'> = (call, command) =>
  decideCorrection(call, 'approveCorrection', command, async ({ id: correction, owner, line, by }) => {
    const keys = await fingerprints(call.work);
    const window = await closedWindowOf(call, owner);
    const claim = await takenClaim(call, keys, {
      id: takenId(keys, owner, line),
      owner,
      line,
      loan: prepareLoan(line, window, dateOf(call.now)),
      window: window.number,
      correction,
      request: requestFor(line),
      by,
    });
    writeClaim(call.work, claim);
    return { state: 'approved', claim: claim.id };
  });
