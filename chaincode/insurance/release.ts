import { loadClaim } from '../claims/load.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import type { Claim } from '../claims/records.js';
import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { removeAssignedLimit } from './assigned-limits.js';
import { loadAssignment, changeAssignment } from './write.js';
import { type Assignment, assigneeAt, assigneeIds, assignmentView } from './records.js';

/**
 * One of the three parties ends an assignment, or a proposal of one. While the bank has lent on it, nobody can. Of a claim
 * that has not been paid out it is told: that claim has lost its cover and is neither accepted nor paid out any more.
 * Doing it again changes nothing.
 */
export const releaseAssignment: Verb<'releaseAssignment'> = async (call, { id, reason }) => {
  const { work } = call;
  const assignment = await loadAssignment(call, id);
  if (assignment.state === 'released') return assignmentView(assignment);
  if (assignment.state === 'live') {
    const claims = await claimsOn(call, assignment);
    // The money is out, and the insurer's promise is what the bank has for it.
    if (claims.some(({ paidOutAt }) => paidOutAt !== undefined)) throw new LedgerError('ASSIGNMENT_IN_USE');
    if (claims.length > 0) {
      work.alert({
        alert: 'assignment-released',
        claims: claims.map((claim) => claim.id),
        facts: [assignment.fact],
      });
    }
    const keys = await fingerprints(work);
    const slot = await findFirst(work, assigneeIds(keys, assignment), assigneeAt);
    const { bank, fact } = assignment;
    work.write(assigneeAt(slot.id), { assignment: id, bank, fact, live: false });
    await removeAssignedLimit(work, keys, assignment);
  }
  return assignmentView(changeAssignment(call, assignment, { state: 'released', reason }));
};

/** The assignee's claims on the limit. Reading limit and claims makes what is done with them meanwhile a conflict. */
async function claimsOn({ work, now }: Call, { fact, bank }: Assignment): Promise<readonly Claim[]> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`limit ${fact} is missing`);
  const trade = withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  const draws = trade.draws.filter((draw) => draw.fact === fact && draw.owner === bank);
  return Promise.all(
    [...new Set(draws.map(({ drawnBy: claim }) => claim))].map((claim) => loadClaim(work, bank, claim)),
  );
}
