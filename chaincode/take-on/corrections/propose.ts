import { drawnBefore, requestOf } from '../../draws/requests.js';
import { LedgerError } from '../../errors.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { dateOf, instantText } from '../../rules/dates.js';
import { prepareLoan } from '../prepare.js';
import { correctionVersions, correctionView } from '../records.js';
import { knownLoan, requestFor, takenId } from '../take-on.js';
import { takenClaim } from '../taken-claim.js';
import { closedWindowOf } from '../windows.js';
import { writeCorrection } from './write.js';

/**
 * A bank proposes to take on a loan that it has forgotten until its window had closed. What could not be taken on is not
 * proposed either; nothing is drawn before the regulator approves.
 *
 * @throws LedgerError TAKE_ON_OPEN while the bank can still bring it, or why the loan cannot be taken on.
 */
export const proposeCorrection: Verb<'proposeCorrection'> = async (call, input) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const request = requestOf('proposeCorrection', input);
  const { id, known } = await drawnBefore(call, keys, correctionVersions, input.idempotencyKey, request);
  if (known !== undefined) return correctionView(known);
  const { line, reason } = input;
  const owner = caller.mspId;
  const window = await closedWindowOf(call, owner);
  const claim = takenId(keys, owner, line);
  if ((await knownLoan(call, owner, claim, line)) !== undefined) {
    throw new LedgerError('TAKE_ON_REFERENCE_USED', { field: 'line.reference' });
  }
  const loan = await inLine(() => prepareLoan(line, window, dateOf(now)));
  const by = { mspId: owner, id: caller.person };
  const draft = { id: claim, owner, line, loan, window: window.number, request: requestFor(line), by };
  await inLine(() => takenClaim({ ...call, work: work.part() }, keys, draft));
  const proposed = {
    id,
    state: 'proposed' as const,
    seq: 1,
    owner,
    line,
    reason,
    by,
    requests: [request],
    createdAt: instantText(now),
    updatedAt: instantText(now),
  };
  writeCorrection(call, proposed);
  return correctionView(proposed);
};

/** What is wrong with a loan is told by its place in the request. @throws LedgerError */
async function inLine<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.body.field === undefined) throw error;
    throw new LedgerError(error.code, { ...error.body, field: `line.${error.body.field}` });
  }
}
