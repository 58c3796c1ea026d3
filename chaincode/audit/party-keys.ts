import { authorisation } from '../authorisations/records.js';
import { claim, debtorNotice, transferOffer } from '../claims/records.js';
import { consent } from '../consents/records.js';
import { creditQuery } from '../credit/records.js';
import { assignment } from '../insurance/records.js';
import { indemnity } from '../insurance/indemnities/records.js';
import { debt } from '../debts/records.js';
import type { LedgerEvent } from '../api.js';
import { ownDocument, toldStep } from '../facts/records.js';
import { keyOf } from '../ledger/addresses.js';
import type { KeyedKind } from '../ledger/records.js';
import type { Thing } from '../ledger/versions.js';
import { loan } from '../loans/records.js';
import { mandate } from '../loans/mandates/records.js';
import { objection } from '../objections/records.js';
import { financingRequest, offer } from '../offers/records.js';
import { offshoreEntry } from '../offshore/records.js';
import { givenMarkConsent } from '../payments/marks/records.js';
import { payment } from '../payments/records.js';
import { correction } from '../take-on/records.js';
import { reconciliation } from '../reconciliations/records.js';

type Change = LedgerEvent['changes'][number];

/** Of what kind the versions of a thing are that parties hold; undefined where everything lies in the registry. */
const heldByParties: Readonly<Record<Thing, Pick<KeyedKind<never>, 'letters'> | undefined>> = {
  claim,
  payment,
  authorisation,
  query: creditQuery,
  request: financingRequest,
  offer,
  check: offshoreEntry,
  loan,
  mandate,
  assignment,
  indemnity,
  objection,
  correction,
  consent,
  debt,
  'mark-consent': givenMarkConsent,
  fact: ownDocument,
  reconciliation,
  step: toldStep,
  credit: undefined,
};

/**
 * The keys, without their tags, under which a party may hold what a change left for it, the likeliest first. A transaction
 * announces only the last version of a thing and may have written earlier ones too; a claim on offer is for the bank to
 * which it is offered, and a notice for the portal of the debtor.
 */
export function partyKeys({ kind: thing, id, seq, state }: Change): string[] {
  const kind = heldByParties[thing];
  if (kind === undefined) return [];
  const versions = Array.from({ length: seq }, (_, index) => keyOf(kind, id, seq - index));
  if (thing !== 'claim') return versions;
  // A claim is offered by a version of its own, so never by its first: most claims have no other.
  const offers = versions.slice(0, -1).map((_, index) => keyOf(transferOffer, id, seq - index));
  // Of a claim that was only reserved nobody is told; one that another bank has taken over may begin with a notice.
  const isNew = seq === 1 && state === 'reserved';
  const notices = isNew ? [] : versions.map((_, index) => keyOf(debtorNotice, id, seq - index));
  return [...versions, ...offers, ...notices];
}
