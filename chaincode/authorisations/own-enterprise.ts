import type { PartyId } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Caller } from '../ledger/call.js';
import { canonicalParty } from '../rules/parties.js';

/**
 * The enterprise for which a user of the portal acts, by the certificate and nothing else.
 *
 * @throws LedgerError OTHER_ENTERPRISE when the certificate names none.
 */
export function ownEnterprise({ uscc }: Caller): PartyId {
  if (uscc === undefined) throw new LedgerError('OTHER_ENTERPRISE');
  return canonicalParty({ scheme: 'USCC', id: uscc }, 'enterprise');
}
