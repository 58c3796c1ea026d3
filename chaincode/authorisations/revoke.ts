import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Verb } from '../ledger/verb.js';
import { findAuthorisation, writeAuthorisation } from './write.js';
import { authorisationView } from './records.js';

/** The enterprise takes an authorisation back, from the next query on. Doing it again changes nothing. */
export const revokeAuthorisation: Verb<'revokeAuthorisation'> = async (call, { id }) => {
  const { caller } = call;
  const authorisation = await findAuthorisation(call, id);
  if (authorisation?.owner !== caller.mspId || !actsFor(caller, authorisation.enterprise)) {
    throw new LedgerError('AUTHORISATION_NOT_FOUND', { field: 'id' });
  }
  if (authorisation.state === 'revoked') return authorisationView(authorisation);
  return authorisationView(writeAuthorisation(call, authorisation, { state: 'revoked' }));
};
