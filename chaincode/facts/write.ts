import { factAt, type FactHead, type FactVersion, factVersionAt, ownDocumentVersions } from './records.js';
import type { Call } from '../ledger/call.js';
import { authorityPolicy } from '../ledger/endorsement.js';
import { portalsOf } from '../rules/accounts.js';

/**
 * Writes the head, the version and the public line of a fact, and tells its holder. Who speaks for it has to endorse each later change.
 *
 * @param before the head that this one follows.
 */
export function writeFact(
  { work }: Call,
  head: FactHead,
  record: FactVersion,
  before: FactHead | undefined,
): void {
  const { id, version, status, authority, type, number, account = '' } = head;
  work.write(factAt(id), head);
  work.write(factVersionAt(id, version), record);
  const policy = before?.authority === authority ? undefined : authorityPolicy(authority);
  if (policy !== undefined) work.protect(factAt(id), policy);
  const told = { id, state: status, seq: version, type, number, account };
  ownDocumentVersions.write(work, told, portalsOf(head.account, work.places));
}
