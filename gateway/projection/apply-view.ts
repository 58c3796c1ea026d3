import type { Database } from './database.js';
import { authorisation, authorisationView } from '@pledgeonce/chaincode/authorisations/records.js';
import { queryView } from '@pledgeonce/chaincode/credit/query.js';
import { creditQuery, creditRecord } from '@pledgeonce/chaincode/credit/records.js';
import { assignment, assignmentView } from '@pledgeonce/chaincode/insurance/records.js';
import { partyCollection } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { payment, rate } from '@pledgeonce/chaincode/ledger/kinds.js';
import { financingRequest, offer, offerView, requestView } from '@pledgeonce/chaincode/offers/records.js';
import { paymentView } from '@pledgeonce/chaincode/payments/view.js';
import { enterpriseMsp } from '@pledgeonce/chaincode/roles.js';
import type { Viewpoint } from './apply-block.js';
import type { PrivateValue } from './read-block.js';
import { putView } from './view-table.js';
import type { ViewRow, ViewTableName } from './view-table.js';

interface Kind {
  readonly table: ViewTableName;
  /** Copies of it lie with the banks, some of them shortened: who sees all copies goes by the enterprise's. */
  readonly hasCopies: boolean;
  readonly row: (stored: string) => ViewRow;
}

/** What becomes of a private record, by the letter that its key begins with. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    'A',
    {
      table: 'authorisations',
      hasCopies: true,
      row: (stored) => {
        const view = authorisationView(decodeRecord(authorisation, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    'Q',
    {
      table: 'credit_queries',
      hasCopies: true,
      row: (stored) => {
        const view = queryView(decodeRecord(creditQuery, stored));
        return { ...view, seq: 1, enterprise: view.enterprise.id, parent: view.authorisation, view };
      },
    },
  ],
  [
    'CR',
    {
      table: 'credit_records',
      hasCopies: false,
      row: (stored) => {
        const view = decodeRecord(creditRecord, stored);
        return { id: view.id, state: view.category, seq: view.version, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    'AG',
    {
      table: 'assignments',
      hasCopies: true,
      row: (stored) => {
        const view = assignmentView(decodeRecord(assignment, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    'M',
    {
      table: 'requests',
      hasCopies: true,
      row: (stored) => {
        const view = requestView(decodeRecord(financingRequest, stored));
        return { ...view, enterprise: view.enterprise.id, view };
      },
    },
  ],
  [
    'O',
    {
      table: 'offers',
      hasCopies: false,
      row: (stored) => {
        const view = offerView(decodeRecord(offer, stored));
        return { ...view, parent: view.request, view };
      },
    },
  ],
  [
    'P',
    {
      table: 'payments',
      hasCopies: false,
      row: (stored) => {
        const view = paymentView(decodeRecord(payment, stored));
        return { ...view, enterprise: view.payer.id, bank: view.owner, category: view.purpose, view };
      },
    },
  ],
  [
    // The ledger keeps the rate in force; the blocks keep every one that was.
    'R',
    {
      table: 'rate_publications',
      hasCopies: false,
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
  { collection, key, value }: PrivateValue,
  { government }: Viewpoint,
): void {
  const kind = kinds.get(key.slice(0, Math.max(key.indexOf('~'), 0)));
  if (kind === undefined) return;
  if (kind.hasCopies && government && collection !== partyCollection(enterpriseMsp)) return;
  putView(database, kind.table, kind.row(value));
}
