import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { changeClaim } from './change.js';
import { isInsured } from './insured.js';
import { recordRepayment } from './record-repayment.js';

/** The loan is repaid, in full or in part; where the money came from decides what becomes of the balance. */
export const repayClaim: Verb<'repayClaim'> = (call, command) =>
  changeClaim(call, 'repayClaim', command, call.caller.mspId, (claim) => {
    const { source, indemnity } = command;
    if (source === 'indemnity' && !isInsured(claim)) {
      throw new LedgerError('COVER_REQUIRED', {
        detail: 'Only an insured claim is repaid by an indemnity.',
        field: 'source',
      });
    }
    if ((source === 'indemnity') !== (indemnity !== undefined)) {
      throw new LedgerError('INDEMNITY_REQUIRED', { field: 'indemnity' });
    }
    return recordRepayment(call, claim, command);
  });
