import type { MemberKind } from '../roles.js';
import type { FakeLedger, Person } from './fake-ledger.js';
import { people } from './story.js';

/**
 * Two government organisations admit a member that was not there when the registry began.
 *
 * @param authority PEM; of one without a node.
 */
export async function admit(
  ledger: FakeLedger,
  id: string,
  kind: MemberKind,
  authority?: string,
): Promise<void> {
  const member = { id, title: id, kind, ...(authority !== undefined && { authority }) };
  for (const { mspId } of [people.tax, people.customs]) {
    const approver: Person = { mspId, role: 'approver', id: 'approver' };
    await ledger.submit('changeMember', approver, { ...member, state: 'admitted' });
  }
}

/** Somebody of it. */
export const memberOf = (mspId: string, role: string): Person => ({ mspId, role, id: role });
