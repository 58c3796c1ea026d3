import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { factAt } from '../ledger/addresses.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import { findFirst } from '../ledger/find-first.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { removeAssignedLimit } from './assigned-limits.js';
import { loadAssignment } from './load.js';
import { type Assignment, assigneeAt, assigneeIds, assignmentView } from './records.js';
import { changeAssignment } from './write.js';

/**
 * One of the three parties ends an assignment, or a proposal of one. While the bank has a claim on the limit, nobody
 * can: the claim rests on it. Doing it again changes nothing.
 */
export const releaseAssignment: Verb<'releaseAssignment'> = async (call, { id, reason }) => {
  const { work } = call;
  const assignment = await loadAssignment(call, id);
  if (assignment.state === 'released') return assignmentView(assignment);
  if (assignment.state === 'live') {
    if (await isDrawnOn(call, assignment)) throw new LedgerError('ASSIGNMENT_IN_USE');
    const keys = await fingerprints(work);
    const slot = await findFirst(work, assigneeIds(keys, assignment), assigneeAt);
    const { bank, fact } = assignment;
    work.write(assigneeAt(slot.id), { assignment: id, bank, fact, live: false });
    await removeAssignedLimit(work, keys, assignment);
  }
  return assignmentView(changeAssignment(call, assignment, { state: 'released', reason }));
};

/** Whether the assignee holds anything of the limit. Reading the limit makes a claim made meanwhile a conflict. */
async function isDrawnOn({ work, now }: Call, { fact, bank }: Assignment): Promise<boolean> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`limit ${fact} is missing`);
  const trade = withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  return trade.draws.some((draw) => draw.fact === fact && draw.owner === bank);
}
