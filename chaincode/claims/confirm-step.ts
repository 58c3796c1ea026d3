import { inputSchemas } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { stillWaits } from '../rules/awaiting.js';
import { type StepFunction, stepFunctions } from '../rules/steps-of-two.js';
import { assign } from './assign-to-collector.js';
import { changeClaim } from './change.js';
import { payOut } from './disburse.js';
import { extend } from './extend.js';
import type { Claim } from './records.js';
import { release } from './release-goods.js';
import { repay } from './repay.js';
import { repurchase } from './repurchase.js';
import { reverse } from './reverse-entry.js';
import type { Apply } from './take-step.js';
import { writeOff } from './write-off.js';

const applies: { readonly [F in StepFunction]: Apply<F> } = {
  disburseClaim: payOut,
  repayClaim: repay,
  extendClaim: extend,
  reverseEntry: reverse,
  writeOffClaim: writeOff,
  repurchaseClaim: repurchase,
  assignToCollector: assign,
  releaseGoods: release,
};

/**
 * A second person confirms the step that waits, and it is taken as it was proposed, on what the ledger says now.
 *
 * @throws LedgerError STEP_NOT_AWAITING, FOUR_EYES, or why the step cannot be taken any more.
 */
export const confirmStep: Verb<'confirmStep'> = (call, command) =>
  changeClaim(call, 'confirmStep', command, call.caller.mspId, async (claim) => {
    const { awaiting } = claim;
    if (awaiting === undefined || !stillWaits(awaiting.until, call.now)) {
      throw new LedgerError('STEP_NOT_AWAITING', { field: 'id' });
    }
    if (awaiting.proposedBy.id === call.caller.person) throw new LedgerError('FOUR_EYES');
    const changes = await carryOut(call, claim, stepFunctions[awaiting.step], awaiting);
    return { ...changes, awaiting: undefined };
  });

function carryOut(
  call: Call,
  claim: Claim,
  name: StepFunction,
  { command, proposedBy }: NonNullable<Claim['awaiting']>,
): Promise<Partial<Claim>> {
  // The command was checked when it was proposed, and was one of this function.
  const apply = applies[name] as Apply<StepFunction>;
  return apply(call, claim, inputSchemas[name].parse(command), proposedBy);
}
