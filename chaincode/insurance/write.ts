import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import { type Assignment, assignmentVersions } from './records.js';

/** Writes a version of an assignment: a copy for each of its three parties, and the public line. */
export function storeAssignment({ work }: Call, assignment: Assignment): void {
  const { owner, insurer, bank } = assignment;
  assignmentVersions.write(work, assignment, [owner, insurer, bank]);
}

/** Writes the next version. */
export function changeAssignment(
  call: Call,
  assignment: Assignment,
  changes: Partial<Assignment>,
): Assignment {
  const next = nextVersion(call, assignment, changes);
  storeAssignment(call, next);
  return next;
}
