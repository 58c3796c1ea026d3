import type { Verb } from '../../ledger/verb.js';
import { decideCorrection } from './decide.js';

/** The regulator refuses a correction and says why; nothing is taken on. */
export const refuseCorrection: Verb<'refuseCorrection'> = (call, command) =>
  decideCorrection(call, 'refuseCorrection', command, () =>
    Promise.resolve({ state: 'refused', refusal: command.reason }),
  );
