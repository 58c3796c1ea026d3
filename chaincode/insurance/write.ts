import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import { type Assignment, assignmentVersions } from './records.js';
import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';

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

/**
 * The latest version of an assignment, for one of its three parties.
 *
 * @throws LedgerError ASSIGNMENT_NOT_FOUND, also for an assignment among others.
 */
export async function loadAssignment({ work, caller }: Call, id: string): Promise<Assignment> {
  const found = await assignmentVersions.latest(work, caller.mspId, id);
  if (found === undefined || !actsFor(caller, found.enterprise)) {
    throw new LedgerError('ASSIGNMENT_NOT_FOUND', { field: 'id' });
  }
  return found;
}
