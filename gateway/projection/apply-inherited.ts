import { claim as claimKind } from '@pledgeonce/chaincode/claims/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { applyFacts } from './apply-facts.js';
import { applyVersion } from './apply-version.js';
import { applyView } from './apply-view.js';
import type { Database } from './database.js';
import { noteWaiting } from './inbox/note-waiting.js';
import { withMembers } from './member-authorities.js';
import type { BlockTransaction, ReadBlock } from './read-block.js';
import { isLater, moveInheritance } from './successions.js';
import { inPlaceOf, type Viewpoint } from './viewpoint.js';

/**
 * Puts what a removed member held into the tables of its successor: the records of one block that lies before the
 * succession. What has changed since is left as it is. Tables and place change in one SQL transaction, so that after a
 * crash it goes on where it was. It is no news, so nobody is told of it.
 *
 * @throws Error what the database throws; the tables are then as before the block.
 */
export function applyInherited(
  database: Database,
  member: string,
  block: ReadBlock,
  viewpoint: Viewpoint,
): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const inItsPlace = inPlaceOf(member, viewpoint);
    for (const transaction of withMembers(database, block).transactions)
      applyTransaction(database, transaction, inItsPlace);
    moveInheritance(database, member, block);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function applyTransaction(database: Database, transaction: BlockTransaction, viewpoint: Viewpoint): void {
  const { event, time, values } = transaction;
  const changes = (event?.changes ?? []).filter(({ id }) => !isLater(database, id));
  applyFacts(database, { ...transaction, event: event && { ...event, changes } }, viewpoint);
  const isPast = (key: string) => isLater(database, readKey(key).id ?? '');
  for (const value of values) {
    // The book as of a day that has passed needs every version of a claim; of anything else the latest is there.
    if (!isPast(value.key) || readKey(value.key).letters === claimKind.letters)
      applyVersion(database, value, viewpoint);
    if (!isPast(value.key)) applyView(database, value, viewpoint);
  }
  for (const value of values) if (!isPast(value.key)) noteWaiting(database, value, time, viewpoint);
}
