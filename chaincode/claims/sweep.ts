import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { eachItem } from '../ledger/batch.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import type { Claim } from '../ledger/kinds.js';
import type { ClaimVerb } from '../rules/claim-states.js';
import { timeUp } from '../rules/claim-times.js';
import { stateAfter } from './change.js';
import { releaseDraws } from './draws.js';
import { loadClaim, ownerMeant } from './load.js';
import { nextVersion, writeClaim } from './write.js';

/** Records that time has passed: reservations expire, loans fall overdue. Each claim with its own verdict. */
export const sweepClaims: Verb<'sweepClaims'> = async (call, { claims }) => ({
  items: await eachItem(call, claims, async (call, { id, owner }, index) => {
    const { state } = await sweepClaim(call, await loadClaim(call.work, await ownerMeant(call, owner), id));
    return { index, status: 'swept' as const, id, state };
  }),
});

async function sweepClaim(call: Call, claim: Claim): Promise<Claim> {
  const verb = dueVerb(claim, call.now);
  if (verb === undefined) throw new LedgerError('NOT_EXPIRED');
  const state = stateAfter(claim, verb);
  const expires = verb === 'expire';
  const next = nextVersion(call, claim, {
    state,
    ...(expires && { ...(await releaseDraws(call, claim, 'never-disbursed')), expiresAt: undefined }),
  });
  writeClaim(call.work, next);
  call.work.alert({ alert: expires ? 'expired' : 'overdue', claims: [claim.id] });
  return next;
}

/** What time has done to a claim, if anything. A reservation is given the tolerance of clocks. */
function dueVerb(claim: Claim, now: number): ClaimVerb | undefined {
  const up = timeUp(claim);
  if (up === undefined) return undefined;
  const isUp = claim.state === 'reserved' ? now > up.at + clockToleranceMs : now >= up.at;
  return isUp ? up.verb : undefined;
}
