import type { Schemas } from '@pledgeonce/client';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';
import { awaitingSteps } from './awaiting-steps.js';
import type { Seen } from './claim-step.js';
import { correctionSteps } from './correction-steps.js';
import { disputeSteps } from './dispute-steps.js';
import { endingSteps } from './ending-steps.js';
import { goodsSteps } from './goods-steps.js';
import { lendingSteps } from './lending-steps.js';
import { transferSteps } from './transfer-steps.js';

/** A claim before the person who looks at it. */
export function seenBy(own: Own, claim: Schemas['Claim']): Seen {
  const { mspId, inherits } = own.organisation;
  return { claim, own, isOwner: [mspId, ...inherits].includes(claim.owner) };
}

/**
 * What this person's organisation can do with a claim as it stands, the usual thing first. A step that waits is answered
 * before another one is proposed. The ledger decides.
 */
export function claimSteps(seen: Seen): readonly Step[] {
  const course = [
    ...lendingSteps(seen),
    ...goodsSteps(seen),
    ...transferSteps(seen),
    ...disputeSteps(seen),
    ...correctionSteps(seen),
    ...endingSteps(seen),
  ];
  const isAwaiting = seen.claim.awaiting !== undefined;
  const all = [
    ...awaitingSteps(seen),
    ...course.filter(({ twoPeople }) => !isAwaiting || twoPeople !== true),
  ];
  return all.filter((step) => step.when && seen.own.may.includes(step.function));
}
