import type { MemberKind } from '../roles.js';
import type { FakeLedger, Person } from './fake-ledger.js';
import { people } from './story.js';

/** Two government organisations admit a member that was not there when the registry began. */
export async function admit(ledger: FakeLedger, id: string, kind: MemberKind): Promise<void> {
  for (const { mspId } of [people.tax, people.customs]) {
    const approver: Person = { mspId, role: 'approver', id: 'approver' };
    await ledger.submit('changeMember', approver, { id, title: id, kind, state: 'admitted' });
  }
}

/** Somebody of it. */
export const memberOf = (mspId: string, role: string): Person => ({ mspId, role, id: role });
