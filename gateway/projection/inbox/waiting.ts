import type { ClaimView, DocumentReference, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { ToldStep } from '@pledgeonce/chaincode/facts/records.js';
import type { AssignmentView } from '@pledgeonce/chaincode/insurance/api.js';
import type { LoanView, MandateView } from '@pledgeonce/chaincode/loans/api.js';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import type { ObjectionView } from '@pledgeonce/chaincode/objections/api.js';
import type { RequestView } from '@pledgeonce/chaincode/offers/api.js';
import type { PaymentView } from '@pledgeonce/chaincode/payments/api.js';
import type { CorrectionView } from '@pledgeonce/chaincode/take-on/api.js';
import type { StoredWindow } from '@pledgeonce/chaincode/take-on/records.js';
import type { Viewpoint } from '../viewpoint.js';
import type { InboxKindName } from './inbox-kinds.js';

/** Of what sort the record is at which something waits, as its address names it. */
export const inboxRecords = [
  'claim',
  'payment',
  'transfer',
  'request',
  'loan',
  'mandate',
  'assignment',
  'objection',
  'rate',
  'document',
  'document-step',
  'window',
  'correction',
  'member',
  'alert',
] as const;
export type InboxRecord = (typeof inboxRecords)[number];

/** What waits at a record, as its reader recognises it. */
export interface Waiting {
  readonly kind: InboxKindName;
  readonly due?: string | undefined;
  readonly documents?: readonly DocumentReference[];
  readonly amount?: Money | undefined;
  readonly enterprise?: PartyId | undefined;
  readonly applicationNumber?: string | undefined;
  /** Why it waits, in the words of whoever caused it; of an alert, its code. */
  readonly cause?: string | undefined;
  /** The person of the own organisation who brought it this far. */
  readonly by?: string | undefined;
}

const mostDocuments = 20;

/** @param reservedBy who reserved it. */
export function waitingAtClaim(claim: ClaimView, reservedBy: string, viewpoint: Viewpoint): Waiting[] {
  const about = {
    documents: documentsOf(claim.lines),
    enterprise: claim.enterprise,
    applicationNumber: claim.applicationNumber,
  };
  return [
    ...stateWaits(claim, reservedBy, viewpoint).map((waiting) => ({ ...waiting, ...about })),
    ...stepWaits(claim, viewpoint).map((waiting) => ({ ...waiting, ...about })),
  ];
}

/** What the state of a claim asks for. */
function stateWaits(claim: ClaimView, reservedBy: string, { mspId, kind }: Viewpoint): Waiting[] {
  const { amount, outstanding, dueDate, expiresAt, dispute } = claim;
  if (dispute !== undefined) {
    const { reason: cause, endsAt: due, openedBy } = dispute;
    const isDecider = kind === 'regulator' || openedBy === mspId;
    return isDecider ? [{ kind: 'claim-in-dispute', amount: outstanding, due, cause }] : [];
  }
  if (claim.owner !== mspId) return [];
  if (claim.state === 'reserved')
    return [{ kind: 'claim-to-accept', amount, due: expiresAt, by: reservedBy }];
  if (claim.state === 'accepted') return [{ kind: 'claim-to-pay-out', amount, due: expiresAt }];
  if (claim.state === 'overdue') return [{ kind: 'claim-overdue', amount: outstanding, due: dueDate }];
  return [];
}

/** A step that its second person has to confirm. */
function stepWaits({ owner, awaiting, outstanding: amount }: ClaimView, { mspId }: Viewpoint): Waiting[] {
  if (owner !== mspId || awaiting === undefined) return [];
  const { endsAt: due, proposedBy: by, step, request } = awaiting;
  const reason = typeof request['reason'] === 'string' ? `: ${request['reason']}` : '';
  return [{ kind: 'claim-step-to-confirm', amount, due, cause: `${step}${reason}`, by }];
}

/** A reversal that its second person has to confirm. */
export function waitingAtPayment(payment: PaymentView, { mspId }: Viewpoint): Waiting[] {
  const { owner, awaiting, amount, lines, payer: enterprise, reference: applicationNumber } = payment;
  if (owner !== mspId || awaiting === undefined) return [];
  const { endsAt: due, proposedBy: by, step, request } = awaiting;
  const about = { documents: documentsOf(lines), enterprise, applicationNumber, amount };
  return [{ kind: 'payment-step-to-confirm', ...about, due, cause: `${step}: ${request.reason}`, by }];
}

/** A claim that is offered to this bank waits for its answer. */
export function waitingAtTransfer(terms: ClaimView): Waiting[] {
  const { enterprise, outstanding: amount, dueDate: due } = terms;
  return [{ kind: 'transfer-to-answer', documents: documentsOf(terms.lines), enterprise, amount, due }];
}

/** @param hasOffered whether this bank has sealed an offer already. */
export function waitingAtRequest(
  request: RequestView,
  { mspId, kind }: Viewpoint,
  hasOffered: boolean,
): Waiting[] {
  const { state, banks, enterprise, amount, purpose, deadline, lines } = request;
  const about = { documents: documentsOf(lines), enterprise, amount, due: deadline, cause: purpose };
  if (state === 'open' && banks.includes(mspId) && !hasOffered) {
    return [{ kind: 'request-to-answer', ...about }];
  }
  if (state === 'closed' && kind === 'enterprise') return [{ kind: 'offers-to-compare', ...about }];
  return [];
}

/** A loan that the rules have left to a person waits at its bank, with the recommendation if there is one. */
export function waitingAtLoan(loan: LoanView, mspId: string): Waiting[] {
  const { state, bank, enterprise, amount, purpose, lines, reasons, recommendation } = loan;
  if (bank !== mspId || state !== 'referred') return [];
  const cause = reasons.map(({ detail }) => detail).join(' ') || purpose;
  const by = recommendation?.by;
  return [{ kind: 'loan-to-decide', documents: documentsOf(lines), enterprise, amount, cause, by }];
}

/** A mandate waits until a second person of the bank grants it. */
export function waitingAtMandate({ state, total, proposedBy: by }: MandateView): Waiting[] {
  return state === 'proposed' ? [{ kind: 'mandate-to-grant', amount: total, by }] : [];
}

/** An assignment of proceeds waits until the insurer of the policy confirms it. */
export function waitingAtAssignment(assignment: AssignmentView, mspId: string): Waiting[] {
  const { state, insurer, enterprise, limit } = assignment;
  if (state !== 'proposed' || insurer !== mspId) return [];
  return [{ kind: 'assignment-to-confirm', enterprise, documents: [{ type: 'buyer-limit', number: limit }] }];
}

/** A bank that holds a claim answers once; the regulator decides; who recorded the document sets it right when told to. */
export function waitingAtObjection(objection: ObjectionView, { mspId, kind }: Viewpoint): Waiting[] {
  const { state, document, enterprise, reason: cause, objector, answers, authority, decision } = objection;
  const about = { documents: [document], enterprise, cause };
  if (state === 'correction-ordered' && authority === mspId)
    return [{ kind: 'document-to-correct', ...about, cause: decision?.reason ?? cause }];
  if (kind === 'regulator') {
    return state === 'open' || state === 'held' ? [{ kind: 'objection-to-decide', ...about }] : [];
  }
  const mayAnswer = kind === 'bank' && objector !== mspId && answers.length === 0;
  return state === 'open' && mayAnswer ? [{ kind: 'objection-to-answer', ...about }] : [];
}

/** An amendment or cancellation that the second person of its authority has to confirm. */
export function waitingAtDocument({
  state,
  step,
  reason,
  by,
  until: due,
  document,
}: Omit<ToldStep, 'id' | 'seq' | 'document'> & {
  readonly document?: DocumentReference | undefined;
}): Waiting[] {
  if (state === 'over') return [];
  const documents = document === undefined ? [] : [document];
  return [{ kind: 'document-step-to-confirm', documents, due, cause: `${step}: ${reason}`, by }];
}

/** A take-on window that one person of the regulator has proposed, until its last day is over. */
export function waitingAtWindow({ state, until, cutOff, proposedBy: by }: StoredWindow): Waiting[] {
  if (state !== 'proposed') return [];
  return [{ kind: 'window-to-open', due: `${until}T23:59:59.999Z`, cause: `${cutOff}, ${until}`, by }];
}

/** A loan that a bank brings after its window: the regulator decides. */
export function waitingAtCorrection({ state, line, owner, reason }: CorrectionView): Waiting[] {
  if (state !== 'proposed') return [];
  const { reference: applicationNumber, enterprise, amount, lines } = line;
  const about = { documents: documentsOf(lines), enterprise, amount, applicationNumber };
  return [{ kind: 'correction-to-decide', ...about, cause: `${owner}: ${reason}` }];
}

function documentsOf(lines: readonly { readonly document: DocumentReference }[]): DocumentReference[] {
  return lines.slice(0, mostDocuments).map(({ document }) => document);
}

/** @param mspId the government node that reads it. */
export function waitingAtMember({ id, proposed }: Member, mspId: string): Waiting[] {
  if (proposed === undefined || proposed.by.includes(mspId)) return [];
  const { title, state, by } = proposed;
  return [{ kind: 'member-to-confirm', cause: `${title} (${id}): ${state}, says ${by.join(', ')}` }];
}
