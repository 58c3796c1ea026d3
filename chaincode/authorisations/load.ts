import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { enterpriseMsp } from '../roles.js';
import { type Authorisation, authorisationVersions } from './records.js';

/** The latest version of an authorisation, whoever asks. */
export function findAuthorisation(work: UnitOfWork, id: string): Promise<Authorisation | undefined> {
  return authorisationVersions.latest(work, enterpriseMsp, id);
}
