import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Call } from '../ledger/call.js';
import { type Assignment, assignmentAt, publicAssignmentAt } from './records.js';

/**
 * The latest version of an assignment, for one of its three parties.
 *
 * @throws LedgerError ASSIGNMENT_NOT_FOUND, also for an assignment among others.
 */
export async function loadAssignment({ work, caller }: Call, id: string): Promise<Assignment> {
  const line = await work.read(publicAssignmentAt(id));
  const found = line && (await work.read(assignmentAt(caller.mspId, id, line.seq)));
  if (found === undefined || !actsFor(caller, found.enterprise)) {
    throw new LedgerError('ASSIGNMENT_NOT_FOUND', { field: 'id' });
  }
  return found;
}
