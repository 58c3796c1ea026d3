import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Call } from '../ledger/call.js';
import { type Assignment, assignmentVersions } from './records.js';

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
