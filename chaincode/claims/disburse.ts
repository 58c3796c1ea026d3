import type { Verb } from '../ledger/execute.js';
import { changeClaim, stateAfter } from './change.js';

/** The bank has paid the money out. */
export const disburseClaim: Verb<'disburseClaim'> = (call, command) =>
  changeClaim(call, 'disburseClaim', command, call.caller.mspId, (claim) =>
    Promise.resolve({ state: stateAfter(claim, 'disburse'), reference: command.reference }),
  );
