import { LedgerError } from '../errors.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { assertBank } from '../members/banks.js';
import { addAssignedLimit } from './assigned-limits.js';
import { loadAssignment, changeAssignment } from './write.js';
import { assigneeAt, assigneeIds, assignmentView } from './records.js';

/**
 * The insurer undertakes to pay the bank: from now on it is the one assignee for this policy and buyer. Doing it again
 * changes nothing.
 */
export const confirmAssignment: Verb<'confirmAssignment'> = async (call, { id }) => {
  const { work } = call;
  const assignment = await loadAssignment(call, id);
  if (assignment.state === 'live') return assignmentView(assignment);
  if (assignment.state === 'released') {
    throw new LedgerError('INVALID_STATE', { detail: 'The assignment has been released.' });
  }
  await assertBank(call, assignment.bank, 'id');
  const keys = await fingerprints(work);
  const slot = await findFirst(work, assigneeIds(keys, assignment), assigneeAt);
  if (slot.record?.live === true) throw new LedgerError('ALREADY_ASSIGNED');
  const { bank, fact } = assignment;
  work.write(assigneeAt(slot.id), { assignment: id, bank, fact, live: true });
  await addAssignedLimit(work, keys, assignment);
  return assignmentView(changeAssignment(call, assignment, { state: 'live' }));
};
