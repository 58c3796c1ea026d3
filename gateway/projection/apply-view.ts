import { authorisation, authorisationView } from '@pledgeonce/chaincode/authorisations/records.js';
import { transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { consent, consentView } from '@pledgeonce/chaincode/consents/records.js';
import { debt, debtView } from '@pledgeonce/chaincode/debts/records.js';
import { ownDocument, toldStep } from '@pledgeonce/chaincode/facts/records.js';
import { queryView } from '@pledgeonce/chaincode/credit/view.js';
import { creditQuery, creditRecord } from '@pledgeonce/chaincode/credit/records.js';
import { indemnity, indemnityView } from '@pledgeonce/chaincode/insurance/indemnities/records.js';
import { assignment, assignmentView } from '@pledgeonce/chaincode/insurance/records.js';
import { objection, objectionView } from '@pledgeonce/chaincode/objections/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { addresseeOf, decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { reconciliation, reconciliationView } from '@pledgeonce/chaincode/reconciliations/records.js';
import { givenMarkConsent } from '@pledgeonce/chaincode/payments/marks/records.js';
import { payment } from '@pledgeonce/chaincode/payments/records.js';
import { rate } from '@pledgeonce/chaincode/registry/records.js';
import { mandate, mandateView } from '@pledgeonce/chaincode/loans/mandates/records.js';
import { loan, loanView } from '@pledgeonce/chaincode/loans/records.js';
import { financingRequest, offer, offerView, requestView } from '@pledgeonce/chaincode/offers/records.js';
import { paymentViewSchema } from '@pledgeonce/chaincode/payments/api.js';
import { offshoreCheckView, offshoreEntry } from '@pledgeonce/chaincode/offshore/records.js';
import { paymentView } from '@pledgeonce/chaincode/payments/view.js';
import { correction, correctionView } from '@pledgeonce/chaincode/take-on/records.js';
import { accountText } from '@pledgeonce/chaincode/rules/accounts.js';
import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';
import type { Viewpoint } from './viewpoint.js';
import type { Database } from './database.js';
import { noteDueTime } from './due-times.js';
import type { PrivateValue } from './read-block.js';
import { noteConcerns } from './query-concerns.js';
import { putDocumentKey, putKeys } from './record-keys.js';
import { transferOfferRow } from './transfer-offer-row.js';
import { putView } from './view-table.js';
import type { ViewRow, ViewTableName } from './view-table.js';

interface Kind {
  readonly table: ViewTableName;
  /**
   * Whose copy those go by who see all, where there are several; of equal ones the bank's, since its portal is not said in all
   * of them. Undefined: the government's own.
   */
  readonly fullCopy?: (row: ViewRow) => string | undefined;
  /** Only the portal lists it, or only banks do. */
  readonly only?: OrganisationKind;
  readonly row: (stored: string, isPortal: boolean, key: string) => ViewRow;
}

const atOwner = ({ view }: ViewRow) => (view as { readonly owner?: string }).owner;
const atBank = ({ bank }: ViewRow) => bank ?? '';

/** What becomes of a private record, by the letters that its key begins with. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    authorisation.letters,
    {
      table: 'authorisations',
      fullCopy: atBank,
      row: (stored) => {
        const view = authorisationView(decodeRecord(authorisation, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    creditQuery.letters,
    {
      table: 'credit_queries',
      fullCopy: atBank,
      row: (stored) => {
        const view = queryView(decodeRecord(creditQuery, stored));
        return { ...view, enterprise: view.enterprise.id, parent: view.authorisation, view };
      },
    },
  ],
  [
    creditRecord.letters,
    {
      table: 'credit_records',
      row: (stored) => {
        const view = decodeRecord(creditRecord, stored);
        return { id: view.id, state: view.category, seq: view.version, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    assignment.letters,
    {
      table: 'assignments',
      fullCopy: atOwner,
      row: (stored) => {
        const view = assignmentView(decodeRecord(assignment, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    indemnity.letters,
    {
      table: 'indemnities',
      fullCopy: atBank,
      row: (stored) => {
        const view = indemnityView(decodeRecord(indemnity, stored));
        return { ...view, view };
      },
    },
  ],
  [
    objection.letters,
    {
      table: 'objections',
      fullCopy: () => undefined,
      row: (stored) => {
        const record = decodeRecord(objection, stored);
        const view = objectionView(record);
        return { ...view, enterprise: record.account ?? view.enterprise.id, parent: record.fact, view };
      },
    },
  ],
  [
    consent.letters,
    {
      table: 'consents',
      fullCopy: atBank,
      row: (stored) => {
        const view = consentView(decodeRecord(consent, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    debt.letters,
    {
      table: 'debts',
      row: (stored) => {
        const view = debtView(decodeRecord(debt, stored));
        return { ...view, enterprise: accountText(view.debtor), view };
      },
    },
  ],
  [
    givenMarkConsent.letters,
    {
      table: 'mark_consents',
      row: (stored) => {
        const view = decodeRecord(givenMarkConsent, stored);
        return { ...view, enterprise: view.enterprise.id, category: view.document.type, view };
      },
    },
  ],
  [
    correction.letters,
    {
      table: 'corrections',
      fullCopy: () => undefined,
      row: (stored) => {
        const view = correctionView(decodeRecord(correction, stored));
        return { ...view, enterprise: view.line.enterprise.id, bank: view.owner, view };
      },
    },
  ],
  [
    ownDocument.letters,
    {
      table: 'own_documents',
      only: 'enterprise',
      row: (stored) => {
        const { account, ...view } = decodeRecord(ownDocument, stored);
        return { ...view, enterprise: account, category: view.type, view };
      },
    },
  ],
  [
    reconciliation.letters,
    {
      table: 'reconciliations',
      row: (stored) => {
        const view = reconciliationView(decodeRecord(reconciliation, stored));
        return { ...view, category: view.verdict, view };
      },
    },
  ],
  [
    toldStep.letters,
    {
      table: 'document_steps',
      row: (stored) => {
        const view = decodeRecord(toldStep, stored);
        return { id: view.id, state: view.state, seq: view.seq, view };
      },
    },
  ],
  [
    financingRequest.letters,
    {
      table: 'requests',
      fullCopy: atOwner,
      row: (stored) => {
        const view = requestView(decodeRecord(financingRequest, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    loan.letters,
    {
      table: 'loans',
      fullCopy: atBank,
      row: (stored) => {
        const view = loanView(decodeRecord(loan, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    mandate.letters,
    {
      table: 'mandates',
      row: (stored) => {
        const view = mandateView(decodeRecord(mandate, stored));
        return { ...view, view };
      },
    },
  ],
  [
    offer.letters,
    {
      table: 'offers',
      row: (stored) => {
        const view = offerView(decodeRecord(offer, stored));
        return { ...view, parent: view.request, view };
      },
    },
  ],
  [
    offshoreEntry.letters,
    {
      table: 'offshore_checks',
      row: (stored) => {
        const view = offshoreCheckView(decodeRecord(offshoreEntry, stored));
        const [state, seq] = 'state' in view ? [view.state, 1] : [view.verdict, 2];
        return { ...view, state, seq, enterprise: view.asked.enterprise.id, view };
      },
    },
  ],
  [
    payment.letters,
    {
      table: 'payments',
      fullCopy: atBank,
      row: (stored, isPortal) => {
        const record = decodeRecord(payment, stored);
        const view = paymentView(record);
        const enterprise = (isPortal ? record.account : undefined) ?? view.payer.id;
        return { ...view, enterprise, bank: view.owner, category: view.purpose, day: view.paidOn, view };
      },
    },
  ],
  [
    transferOffer.letters,
    {
      table: 'transfer_offers',
      only: 'bank',
      row: (stored, _isPortal, key) => transferOfferRow(stored, key),
    },
  ],
  [
    // The ledger keeps the rate in force; the blocks keep every one that was.
    rate.letters,
    {
      table: 'rate_publications',
      row: (stored) => {
        const view = decodeRecord(rate, stored);
        return {
          id: `${view.currency} ${view.publishedAt}`,
          state: 'published',
          seq: 1,
          category: view.currency,
          view,
        };
      },
    },
  ],
]);

/** Keeps the record if it is of a kind that is listed as it is. */
export function applyView(
  database: Database,
  { key, value }: PrivateValue,
  { kind: organisation, government }: Viewpoint,
): void {
  const kind = kinds.get(readKey(key).letters);
  const isPortal = organisation === 'enterprise';
  if (kind === undefined || (kind.only ?? organisation) !== organisation) return;
  const row = kind.row(value, isPortal, key);
  const { fullCopy } = kind;
  if (government && fullCopy !== undefined && addresseeOf(value) !== fullCopy(row)) return;
  putView(database, kind.table, row);
  if (kind.table === 'payments') putKeys(database, 'payments', paymentViewSchema.parse(row.view));
  if (kind.table === 'own_documents') putDocumentKey(database, value);
  if (kind.table === 'credit_queries') noteConcerns(database, row);
  noteDueTime(database, kind.table, row);
}
