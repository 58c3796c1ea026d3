import { claimView } from '@pledgeonce/chaincode/claims/view.js';
import { assignment, assignmentView } from '@pledgeonce/chaincode/insurance/records.js';
import { objection, objectionView } from '@pledgeonce/chaincode/objections/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { claim, type Claim, transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { rateProposal } from '@pledgeonce/chaincode/registry/records.js';
import { factStep, toldStep } from '@pledgeonce/chaincode/facts/records.js';
import { toldOf } from '@pledgeonce/chaincode/facts/view.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { mandate, mandateView } from '@pledgeonce/chaincode/loans/mandates/records.js';
import { loan, loanView } from '@pledgeonce/chaincode/loans/records.js';
import { lookAlikes } from '@pledgeonce/chaincode/near-duplicates/records.js';
import { financingRequest, offer, requestView } from '@pledgeonce/chaincode/offers/records.js';
import { payment } from '@pledgeonce/chaincode/payments/records.js';
import { paymentView } from '@pledgeonce/chaincode/payments/view.js';
import { correction, correctionView, takeOnWindows } from '@pledgeonce/chaincode/take-on/records.js';
import { z } from 'zod';
import type { Viewpoint } from '../viewpoint.js';
import type { Database } from '../database.js';
import { viewOf } from '../claim-views.js';
import { decoded, holderOf, isOwnersCopy } from '../decoded.js';
import type { PrivateValue } from '../read-block.js';
import { putWaiting } from './inbox-table.js';
import {
  waitingAtAssignment,
  waitingAtClaim,
  waitingAtCorrection,
  waitingAtDocument,
  waitingAtLoan,
  waitingAtMandate,
  waitingAtObjection,
  waitingAtPayment,
  waitingAtRequest,
  waitingAtTransfer,
  waitingAtWindow,
} from './waiting.js';
import type { InboxRecord, Waiting } from './waiting.js';

interface At {
  readonly record: InboxRecord;
  readonly id: string;
  readonly waiting: readonly Waiting[];
}

type Read = (stored: string, viewpoint: Viewpoint, database: Database) => At | undefined;

/** What the organisation's own people have to do at a private record, by the letters that its key begins with. */
const own: ReadonlyMap<string, Read> = new Map<string, Read>([
  [claim.letters, (stored, viewpoint, database) => atClaim(decoded(claim, stored), viewpoint, database)],
  [
    payment.letters,
    (stored, viewpoint, database) => {
      const view = paymentView(decodeRecord(payment, stored));
      if (isOutdated(database, 'payments', view)) return undefined;
      return { record: 'payment', id: view.id, waiting: waitingAtPayment(view, viewpoint) };
    },
  ],
  [
    transferOffer.letters,
    (stored) => {
      const { claim: id, open, terms } = decodeRecord(transferOffer, stored);
      const waiting = open && terms !== undefined ? waitingAtTransfer(claimView(terms)) : [];
      return { record: 'transfer', id, waiting };
    },
  ],
  [
    financingRequest.letters,
    (stored, viewpoint, database) => {
      const view = requestView(decodeRecord(financingRequest, stored));
      if (isOutdated(database, 'requests', view)) return undefined;
      const offered = database.get('SELECT 1 FROM offers WHERE parent = ? AND bank = ?', [
        view.id,
        viewpoint.mspId,
      ]);
      return { record: 'request', id: view.id, waiting: waitingAtRequest(view, viewpoint, offered !== null) };
    },
  ],
  [
    offer.letters,
    (stored, { mspId }) => {
      // With its offer the bank has answered the request.
      const { request, bank } = decodeRecord(offer, stored);
      return bank === mspId ? { record: 'request', id: request, waiting: [] } : undefined;
    },
  ],
  [
    loan.letters,
    (stored, { mspId }, database) => {
      const view = loanView(decodeRecord(loan, stored));
      if (isOutdated(database, 'loans', view)) return undefined;
      return { record: 'loan', id: view.id, waiting: waitingAtLoan(view, mspId) };
    },
  ],
  [
    mandate.letters,
    (stored, _viewpoint, database) => {
      const view = mandateView(decodeRecord(mandate, stored));
      if (isOutdated(database, 'mandates', view)) return undefined;
      return { record: 'mandate', id: view.id, waiting: waitingAtMandate(view) };
    },
  ],
  [
    assignment.letters,
    (stored, { mspId }, database) => {
      const view = assignmentView(decodeRecord(assignment, stored));
      if (isOutdated(database, 'assignments', view)) return undefined;
      return { record: 'assignment', id: view.id, waiting: waitingAtAssignment(view, mspId) };
    },
  ],
  [objection.letters, atObjection],
  [
    toldStep.letters,
    (stored) => {
      const told = decodeRecord(toldStep, stored);
      return { record: 'document-step', id: told.id, waiting: waitingAtDocument(told) };
    },
  ],
]);

/** What waits at a claim; undefined where that is what waited before. */
function atClaim(record: Claim, viewpoint: Viewpoint, database: Database): At | undefined {
  const { id, seq } = record;
  if (isOutdated(database, 'claims', record)) return undefined;
  const waiting = waitingAtClaim(viewOf(record), record.reservedBy.id, viewpoint);
  // Nothing waited before the first version. A bank that brings its book has thousands of these.
  return seq === 1 && waiting.length === 0 ? undefined : { record: 'claim', id, waiting };
}

/** What waits at an objection, for whoever holds this copy of it. */
function atObjection(stored: string, viewpoint: Viewpoint, database: Database): At | undefined {
  const view = objectionView(decodeRecord(objection, stored));
  if (isOutdated(database, 'objections', view)) return undefined;
  return { record: 'objection', id: view.id, waiting: waitingAtObjection(view, viewpoint) };
}

/** What waits for a government node in what it sees of everybody's. */
const government: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    claim.letters,
    (stored, viewpoint, database) => {
      if (viewpoint.kind !== 'regulator') return undefined;
      // The exporter's copy says less.
      return isOwnersCopy(stored) ? atClaim(decoded(claim, stored), viewpoint, database) : undefined;
    },
  ],
  [
    objection.letters,
    // The regulator decides; another authority sets right what it is told to.
    (stored, viewpoint, database) =>
      holderOf(stored) === undefined ? atObjection(stored, viewpoint, database) : undefined,
  ],
  [
    rateProposal.letters,
    (stored, { kind }) => {
      if (kind !== 'regulator') return undefined;
      const { currency, base, rate, date, proposedBy: by, open } = decodeRecord(rateProposal, stored);
      const cause = `1 ${currency} = ${rate} ${base}, ${date}`;
      return { record: 'rate', id: currency, waiting: open ? [{ kind: 'rate-to-confirm', by, cause }] : [] };
    },
  ],
  [
    factStep.letters,
    (stored, { mspId }, database) => {
      const record = decodeRecord(factStep, stored);
      if (record.proposedBy.mspId !== mspId) return undefined;
      const { fact: id } = record;
      const document = documentSchema.safeParse(
        database.get('SELECT type, number FROM facts WHERE id = ?', [id]),
      ).data;
      return { record: 'document-step', id, waiting: waitingAtDocument({ ...toldOf(record), document }) };
    },
  ],
  [
    lookAlikes.letters,
    (stored, _viewpoint, database) => {
      const { fact: id, others } = decodeRecord(lookAlikes, stored);
      // The regulator lists every document, another authority its own.
      const row = database.get('SELECT type, number FROM facts WHERE id = ?', [id]);
      if (row === null) return undefined;
      const documents = documentSchema.safeParse(row);
      const open = others.filter(({ checked }) => checked === undefined);
      const cause = [...new Set(open.flatMap(({ reasons }) => reasons))].join(', ');
      const about = documents.success ? { documents: [documents.data] } : {};
      const waiting: Waiting[] = [{ kind: 'near-duplicate-to-check', cause, ...about }];
      return { record: 'document', id, waiting: open.length > 0 ? waiting : [] };
    },
  ],
  [
    takeOnWindows.letters,
    (stored, { kind }) => {
      // Only the last one can still be a proposal.
      const last = decodeRecord(takeOnWindows, stored).windows.at(-1);
      if (kind !== 'regulator' || last === undefined) return undefined;
      return { record: 'window', id: String(last.number), waiting: waitingAtWindow(last) };
    },
  ],
  [
    correction.letters,
    (stored, { kind }, database) => {
      if (kind !== 'regulator') return undefined;
      const view = correctionView(decodeRecord(correction, stored));
      if (isOutdated(database, 'corrections', view)) return undefined;
      return { record: 'correction', id: view.id, waiting: waitingAtCorrection(view) };
    },
  ],
]);

const documentSchema = z.object({ type: z.string(), number: z.string() }) as unknown as z.ZodType<
  NonNullable<Waiting['documents']>[number]
>;

/** Where somebody would begin something new, which nobody does in the place of a member that was removed. */
const beginnings: ReadonlySet<string> = new Set([financingRequest.letters, offer.letters, mandate.letters]);

/** Keeps what waits at a record as it is now, and forgets what waited there before. */
export function noteWaiting(
  database: Database,
  { key, value }: PrivateValue,
  time: string,
  viewpoint: Viewpoint,
): void {
  const { letters } = readKey(key);
  const read = viewpoint.government ? government.get(letters) : own.get(letters);
  if (read === undefined || (viewpoint.inherited === true && beginnings.has(letters))) return;
  const at = read(value, viewpoint, database);
  if (at === undefined) return;
  const enterprise =
    viewpoint.kind === 'enterprise' ? at.waiting.find((one) => one.enterprise)?.enterprise?.id : undefined;
  putWaiting(database, { ...at, time, enterprise });
}

const seqSchema = z.object({ seq: z.number() }).nullable();

/** A later version is in the tables already. */
function isOutdated(
  database: Database,
  table:
    'claims' | 'payments' | 'requests' | 'loans' | 'mandates' | 'assignments' | 'objections' | 'corrections',
  { id, seq }: { readonly id: string; readonly seq: number },
): boolean {
  const latest = seqSchema.parse(database.get(`SELECT seq FROM ${table} WHERE id = ?`, [id]));
  return latest !== null && latest.seq > seq;
}
