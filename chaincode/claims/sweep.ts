import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { eachItem } from '../ledger/batch.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import type { Claim } from './records.js';
import type { LedgerEvent } from '../api.js';
import { awardFalls } from '../offers/award.js';
import { type TimeUp, timeUp } from '../rules/claim-times.js';
import { stateAfter } from './change.js';
import { releaseDraws, settleHeld } from '../draws/draws.js';
import { loadClaim, ownerMeant } from './load.js';
import { keepOpenLoan } from './open-loans.js';
import { nextVersion, writeClaim } from './write.js';

type Due = TimeUp['verb'];

const alerts = {
  expire: 'expired',
  'fall-due': 'overdue',
  'end-dispute': 'dispute-lapsed',
  'lapse-step': 'step-lapsed',
} as const satisfies Record<Due, LedgerEvent['alerts'][number]['alert']>;

/**
 * Records that time has passed: reservations and promises expire, loans fall overdue, disputes lapse, and so do steps that
 * nobody has confirmed. Each claim with
 * its own verdict.
 */
export const sweepClaims: Verb<'sweepClaims'> = async (call, { claims }) => ({
  items: await eachItem(call, claims, async (call, { id, owner }, index) => {
    const { state } = await sweepClaim(call, await loadClaim(call.work, await ownerMeant(call, owner), id));
    return { index, status: 'swept' as const, id, state };
  }),
});

async function sweepClaim(call: Call, claim: Claim): Promise<Claim> {
  const verb = dueVerb(claim, call.now);
  if (verb === undefined) throw new LedgerError('NOT_EXPIRED');
  const state = verb === 'lapse-step' ? claim.state : stateAfter(claim, verb);
  const next = nextVersion(call, claim, { state, ...(await changes[verb](call, claim)) });
  writeClaim(call.work, next);
  await keepOpenLoan(call, claim, next);
  call.work.alert({ alert: alerts[verb], claims: [claim.id] });
  return next;
}

const changes: Readonly<Record<Due, (call: Call, claim: Claim) => Promise<Partial<Claim>>>> = {
  expire: async (call, claim) => {
    await awardFalls(call, claim);
    const released = await releaseDraws(call, claim, 'never-disbursed');
    return { ...released, expiresAt: undefined, dispute: undefined };
  },
  // In a dispute it is what the claim goes back to that falls overdue.
  'fall-due': (_call, { dispute }) =>
    Promise.resolve(dispute === undefined ? {} : { dispute: { ...dispute, before: 'overdue' } }),
  'end-dispute': async (call, claim) => ({ ...(await settleHeld(call, claim)), dispute: undefined }),
  'lapse-step': () => Promise.resolve({ awaiting: undefined }),
};

/** What time has done to a claim, if anything. What lapses is given the tolerance of clocks. */
function dueVerb(claim: Claim, now: number): Due | undefined {
  const up = timeUp(claim);
  if (up === undefined) return undefined;
  const isUp = up.verb === 'fall-due' ? now >= up.at : now > up.at + clockToleranceMs;
  return isUp ? up.verb : undefined;
}
