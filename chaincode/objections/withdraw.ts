import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { changeObjection } from './write.js';

/** Whoever objects takes it back; what the regulator holds on account of it stays held until the regulator decides. */
export const withdrawObjection: Verb<'withdrawObjection'> = (call, command) =>
  changeObjection(call, 'withdrawObjection', command, (one) => {
    if (one.objector !== call.caller.mspId) throw new LedgerError('OBJECTION_NOT_FOUND', { field: 'id' });
    if (one.state === 'held') {
      throw new LedgerError('OBJECTION_DECIDED', {
        detail: 'The regulator holds the trade on account of it. It is the regulator’s to end.',
        field: 'id',
      });
    }
    return Promise.resolve({ state: 'withdrawn' });
  });
