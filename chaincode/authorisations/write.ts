import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import { type Authorisation, authorisationAt, publicAuthorisationAt } from './records.js';

/** Writes the first version of an authorisation: for the enterprise, and a copy for the bank. */
export function storeAuthorisation({ work }: Call, authorisation: Authorisation): void {
  const { id, owner, bank, state, seq } = authorisation;
  work.write(authorisationAt(owner, id, seq), authorisation);
  work.write(authorisationAt(bank, id, seq), authorisation);
  work.write(publicAuthorisationAt(id), { state, seq });
  work.changed({ kind: 'authorisation', id, state, seq });
}

/** Writes the next version. */
export function writeAuthorisation(
  call: Call,
  authorisation: Authorisation,
  changes: Partial<Authorisation>,
): Authorisation {
  const next = {
    ...authorisation,
    ...changes,
    seq: authorisation.seq + 1,
    updatedAt: instantText(call.now),
  };
  storeAuthorisation(call, next);
  return next;
}
