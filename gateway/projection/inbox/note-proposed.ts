import type { Member } from '@pledgeonce/chaincode/members/api.js';
import type { Database } from '../database.js';
import type { Viewpoint } from '../viewpoint.js';
import { putWaiting } from './inbox-table.js';
import { waitingAtMember } from './waiting.js';

/** What the register says of a member is public: a word that needs a second one waits at the nodes that have not said it. */
export function noteProposed(
  database: Database,
  member: Member,
  time: string,
  { mspId, government }: Viewpoint,
): void {
  if (!government) return;
  putWaiting(database, { record: 'member', id: member.id, time, waiting: waitingAtMember(member, mspId) });
}
