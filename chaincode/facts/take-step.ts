import type { FactView, Input } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { policyInForce } from '../registry/policy.js';
import { waitsUntil } from '../rules/awaiting.js';
import { instantText } from '../rules/dates.js';
import { takesTwo } from '../rules/steps-of-two.js';
import { readableFact, readFact } from './read.js';
import { type FactStep, factStepAt } from './records.js';
import { isAwaiting } from './view.js';
import { writeStep } from './write-step.js';

/** The functions of the ledger behind the steps of a document that can take two people. */
type StepFunction = 'amendFact' | 'cancelFact';

/** Who proposed a step that another person confirms. */
type Proposer = FactStep['proposedBy'];

/** Changes a document; it refuses by throwing. */
export type Change<F extends StepFunction> = (
  call: Call,
  command: Input<F>,
  proposedBy?: Proposer,
) => Promise<FactView>;

/**
 * Changes a document, or, where the consortium wants two people of its authority for that, puts the change on the ledger to
 * wait for the second one. What could not be done now is not proposed either; it is looked at again when it is confirmed.
 *
 * @throws LedgerError STEP_AWAITING, or why the document cannot be changed.
 */
export async function takeFactStep<F extends StepFunction>(
  call: Call,
  step: FactStep['step'],
  command: Input<F>,
  change: Change<F>,
): Promise<FactView> {
  const { work, caller, now } = call;
  // An enterprise has no second person at the portal.
  const needsTwo =
    caller.kind !== 'enterprise' && takesTwo(step, caller, (await policyInForce(call)).twoPeople);
  if (!needsTwo) return change(call, command);
  await change({ ...call, work: work.part() }, command);
  const { id } = command;
  const [head, before] = await Promise.all([readableFact(call, id), work.read(factStepAt(id))]);
  if (before !== undefined && isAwaiting(before, now))
    throw new LedgerError('STEP_AWAITING', { field: 'id' });
  writeStep(work, head, {
    fact: id,
    seq: (before?.seq ?? 0) + 1,
    step,
    command: { ...command },
    proposedBy: { mspId: caller.mspId, id: caller.person },
    proposedAt: instantText(now),
    until: waitsUntil(now),
    open: true,
  });
  return readFact(call, { id });
}
