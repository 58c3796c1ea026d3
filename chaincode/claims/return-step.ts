import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { changeClaim } from './change.js';

/** A step that waits is not taken: its second person returns it with a reason, or whoever proposed it takes it back. */
export const returnStep: Verb<'returnStep'> = (call, command) =>
  changeClaim(call, 'returnStep', command, call.caller.mspId, ({ awaiting }) => {
    if (awaiting === undefined) throw new LedgerError('STEP_NOT_AWAITING', { field: 'id' });
    const { mspId, person: id } = call.caller;
    const { step } = awaiting;
    const returned = { step, reason: command.reason, at: instantText(call.now), by: { mspId, id } };
    return Promise.resolve({ awaiting: undefined, returned });
  });
