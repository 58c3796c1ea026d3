import { inputSchemas } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { amend } from './amend.js';
import { factToChange, ownFact } from './authority.js';
import { cancel } from './cancel.js';
import { readFact } from './read.js';
import { type FactStep, factStepAt } from './records.js';
import { isAwaiting } from './view.js';
import { writeStep } from './write-step.js';

/**
 * A second person of the authority confirms the change that waits, and it is made as it was proposed, on what the ledger
 * says now.
 *
 * @throws LedgerError STEP_NOT_AWAITING, FOUR_EYES, or why the document cannot be changed any more.
 */
export const confirmFactStep: Verb<'confirmFactStep'> = async (call, { id }) => {
  const head = await factToChange(call, id, undefined);
  const step = await stepThatWaits(call, id);
  const { proposedBy, command } = step;
  if (proposedBy.id === call.caller.person) throw new LedgerError('FOUR_EYES');
  writeStep(call.work, head, { ...step, seq: step.seq + 1, open: false });
  // The command was checked when it was proposed.
  return step.step === 'amendment'
    ? amend(call, inputSchemas.amendFact.parse(command), proposedBy)
    : cancel(call, inputSchemas.cancelFact.parse(command), proposedBy);
};

/**
 * A change that waits is not made: its second person returns it with a reason, or whoever proposed it takes it back. So is
 * one that cannot be made any more, because the document has been cancelled or replaced meanwhile.
 *
 * @throws LedgerError STEP_NOT_AWAITING, or whose document it is.
 */
export const returnFactStep: Verb<'returnFactStep'> = async (call, { id, reason }) => {
  const { work, caller, now } = call;
  const head = await ownFact(call, id);
  const step = await stepThatWaits(call, id);
  const by = { mspId: caller.mspId, id: caller.person };
  const returned = { reason, at: instantText(now), by };
  writeStep(work, head, { ...step, seq: step.seq + 1, open: false, returned });
  return readFact(call, { id });
};

async function stepThatWaits({ work, now }: Call, id: string): Promise<FactStep> {
  const step = await work.read(factStepAt(id));
  if (step === undefined || !isAwaiting(step, now)) {
    throw new LedgerError('STEP_NOT_AWAITING', { field: 'id' });
  }
  return step;
}
