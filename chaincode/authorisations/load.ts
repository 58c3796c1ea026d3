import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { enterpriseMsp } from '../roles.js';
import { type Authorisation, authorisationAt, publicAuthorisationAt } from './records.js';

/** The latest version of an authorisation, whoever asks. */
export async function findAuthorisation(work: UnitOfWork, id: string): Promise<Authorisation | undefined> {
  const line = await work.read(publicAuthorisationAt(id));
  return line && work.read(authorisationAt(enterpriseMsp, id, line.seq));
}
