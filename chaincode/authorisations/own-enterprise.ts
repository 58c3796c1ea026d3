import type { PartyId } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Caller } from '../ledger/call.js';
import { partyOfAccount } from '../rules/accounts.js';
import { canonicalParty } from '../rules/parties.js';

/**
 * The enterprise for which a user of the portal acts, by the certificate and nothing else.
 *
 * @throws LedgerError OTHER_ENTERPRISE when the certificate names none, or a firm abroad, which acts as a debtor only.
 */
export function ownEnterprise(caller: Caller): PartyId {
  const party = ownParty(caller);
  if (party.scheme !== 'USCC') {
    throw new LedgerError('OTHER_ENTERPRISE', { detail: 'A firm abroad has an account as a debtor only.' });
  }
  return party;
}

/**
 * The same of whoever owes: an enterprise, or a firm abroad that has an account by its LEI, VAT or EORI number.
 *
 * @throws LedgerError OTHER_ENTERPRISE when the certificate names none.
 */
export function ownParty({ uscc }: Caller): PartyId {
  if (uscc === undefined) throw new LedgerError('OTHER_ENTERPRISE');
  return canonicalParty(partyOfAccount(uscc), 'enterprise');
}
