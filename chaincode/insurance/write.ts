import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import { type Assignment, assignmentAt, publicAssignmentAt } from './records.js';

/** Writes a version of an assignment: a copy for each of its three parties, and the public line. */
export function storeAssignment({ work }: Call, assignment: Assignment): void {
  const { id, owner, insurer, bank, state, seq } = assignment;
  for (const party of [owner, insurer, bank]) work.write(assignmentAt(party, id, seq), assignment);
  work.write(publicAssignmentAt(id), { state, seq });
  work.changed({ kind: 'assignment', id, state, seq });
}

/** Writes the next version. */
export function changeAssignment(
  call: Call,
  assignment: Assignment,
  changes: Partial<Assignment>,
): Assignment {
  const next = { ...assignment, ...changes, seq: assignment.seq + 1, updatedAt: instantText(call.now) };
  storeAssignment(call, next);
  return next;
}
