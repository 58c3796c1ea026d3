import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf } from '../rules/dates.js';
import { isInsured } from './insured.js';
import { recordRepayment } from './record-repayment.js';
import { withGoodsReleased } from './release-goods.js';
import { type Apply, takeStep } from './take-step.js';

/** The loan is repaid, in full or in part; where the money came from decides what becomes of the balance. */
export const repayClaim: Verb<'repayClaim'> = (call, command) => takeStep(call, 'repayClaim', command, repay);

/** What a repayment changes of a claim. */
export const repay: Apply<'repayClaim'> = async (call, claim, command) => {
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
  const goods =
    command.release && (await withGoodsReleased(call, claim, command.release, undefined, 'release.'));
  const repaid = await recordRepayment(call, { ...claim, ...goods }, command);
  const changes = { ...goods, ...repaid };
  if (source === 'recourse' && dateOf(call.now) <= claim.dueDate) {
    throw new LedgerError('RECOURSE_TOO_EARLY', { field: 'source' });
  }
  return changes;
};
