import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import { type Authorisation, authorisationVersions } from './records.js';

/** Writes a version of an authorisation: for the enterprise, and a copy for the bank. */
export function storeAuthorisation({ work }: Call, authorisation: Authorisation): void {
  authorisationVersions.write(work, authorisation, [authorisation.owner, authorisation.bank]);
}

/** Writes the next version. */
export function writeAuthorisation(
  call: Call,
  authorisation: Authorisation,
  changes: Partial<Authorisation>,
): Authorisation {
  const next = nextVersion(call, authorisation, changes);
  storeAuthorisation(call, next);
  return next;
}

/** The latest version of an authorisation, as the caller has it: its enterprise's portal, or the bank that it is for. */
export function findAuthorisation({ work, caller }: Call, id: string): Promise<Authorisation | undefined> {
  return authorisationVersions.latest(work, caller.mspId, id);
}
