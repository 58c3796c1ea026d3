import type { ClaimView, Input } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { policyInForce } from '../registry/policy.js';
import { waitsUntil } from '../rules/awaiting.js';
import { instantText } from '../rules/dates.js';
import { alwaysTakesTwo, type StepFunction, stepOf, takesTwo } from '../rules/steps-of-two.js';
import { changeClaim } from './change.js';
import type { Claim } from './records.js';

/** Who proposed a step that another person confirms. */
export type Proposer = Claim['by'];

/** What a step changes of a claim; it refuses by throwing. */
export type Apply<F extends StepFunction> = (
  call: Call,
  claim: Claim,
  command: Input<F>,
  proposedBy?: Proposer,
) => Promise<Partial<Claim>>;

/**
 * Takes a step of a claim, or, where the consortium wants two people for it, puts it on the ledger to wait for the second
 * one. What could not be done now is not proposed either; it is looked at again when it is confirmed.
 *
 * @throws LedgerError STEP_AWAITING, or why the step cannot be taken.
 */
export function takeStep<F extends StepFunction>(
  call: Call,
  name: F,
  command: Input<F>,
  apply: Apply<F>,
): Promise<ClaimView> {
  return changeClaim(call, name, command, call.caller.mspId, async (claim) => {
    const step = stepOf(name);
    const table = alwaysTakesTwo(step) ? undefined : (await policyInForce(call)).twoPeople;
    if (!takesTwo(step, call.caller, table)) return apply(call, claim, command);
    await apply({ ...call, work: call.work.part() }, claim, command);
    if (claim.awaiting !== undefined) throw new LedgerError('STEP_AWAITING', { field: 'id' });
    const { mspId, person: id } = call.caller;
    return {
      returned: undefined,
      awaiting: {
        step,
        command: { ...command },
        proposedBy: { mspId, id },
        proposedAt: instantText(call.now),
        until: waitsUntil(call.now),
      },
    };
  });
}
