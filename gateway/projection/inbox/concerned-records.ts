import type { DocumentReference, Money } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { FeedEntry } from '../feed-entry.js';
import type { Projection } from '../projection.js';

const mostRecords = 20;
const ids = z.array(z.string()).default([]);
const contentSchema = z.object({ claims: ids, payments: ids, facts: ids, objections: ids, notices: ids });

/** A record that an alert is about, as its reader recognises it. */
export interface Concerned {
  readonly record: 'claim' | 'transfer' | 'payment' | 'document' | 'objection' | 'notice';
  readonly id: string;
  readonly document?: DocumentReference | undefined;
  readonly amount?: Money | undefined;
  readonly applicationNumber?: string | undefined;
  /** The bank's own reference of a payment. */
  readonly reference?: string | undefined;
  readonly state?: string | undefined;
  readonly due?: string | undefined;
}

type Tables = Pick<
  Projection,
  'claims' | 'payments' | 'facts' | 'ownDocuments' | 'objections' | 'debtorNotices' | 'inbox'
>;

/** The first of the records that an alert names, with what the organisation itself knows of them. */
export function concernedBy(tables: Tables, { content }: FeedEntry): Concerned[] {
  const { claims, payments, facts, objections, notices } = contentSchema.parse(content);
  return [
    ...claims.slice(0, mostRecords).map((id) => claimOf(tables, id)),
    ...payments.slice(0, mostRecords).map((id) => paymentOf(tables, id)),
    ...facts
      .slice(0, mostRecords)
      .map((id) => ({ record: 'document' as const, id, ...documentOf(tables, id) })),
    ...objections.map((id) => objectionOf(tables, id)),
    ...notices.map((id) => noticeOf(tables, id)),
  ];
}

/** An enterprise knows its own documents whoever recorded them. */
function documentOf({ facts, ownDocuments }: Tables, id: string): { document?: DocumentReference } {
  const named = facts.named(id);
  if (named.document !== undefined) return named;
  const own = ownDocuments.get(id);
  return own === undefined
    ? {}
    : { document: { type: own.type as DocumentReference['type'], number: own.number } };
}

function objectionOf({ objections }: Tables, id: string): Concerned {
  const { document, state } = objections.get(id) ?? {};
  return { record: 'objection', id, document, state };
}

/** For a debtor: whom to pay, and not what was lent. */
function noticeOf({ debtorNotices }: Tables, id: string): Concerned {
  const { document, state } = debtorNotices.get(id) ?? {};
  return { record: 'notice', id, document, state };
}

function claimOf({ claims, inbox }: Tables, id: string): Concerned {
  const claim = claims.get(id);
  if (claim !== undefined) {
    const { lines, outstanding: amount, applicationNumber, state, dueDate: due } = claim;
    return { record: 'claim', id, document: lines[0]?.document, amount, applicationNumber, state, due };
  }
  // On offer to this bank, and not in its books.
  const { documents = [], amount, due } = inbox.find('transfer', id)?.item ?? {};
  return { record: 'transfer', id, document: documents[0] as DocumentReference | undefined, amount, due };
}

function paymentOf({ payments }: Tables, id: string): Concerned {
  const payment = payments.get(id);
  const { lines = [], amount, reference, state } = payment ?? {};
  return { record: 'payment', id, document: lines[0]?.document, amount, reference, state };
}
