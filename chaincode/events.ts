import { z } from 'zod';
import { opaqueId } from './schemas.js';

/** Name of the one chaincode event per transaction. */
export const eventName = 'pledgeonce';

/** What an organisation holds version by version, as events and histories name it. */
export const ownThings = [
  'claim',
  'payment',
  'fact',
  'authorisation',
  'query',
  'request',
  'offer',
  'check',
  'loan',
  'mandate',
  'assignment',
  'indemnity',
  'objection',
  'consent',
  'correction',
  'debt',
  'mark-consent',
  'reconciliation',
  /** A change of a document that waits for a second person of its authority; its id is the document's. */
  'step',
] as const;
export type OwnThing = (typeof ownThings)[number];

/** The public event: opaque ids and states, nothing that identifies a document, a firm or a bank. */
export const eventSchema = z.strictObject({
  schema: z.literal(1),
  changes: z.array(
    z.strictObject({
      kind: z.enum([...ownThings, 'credit']),
      id: opaqueId,
      state: z.string(),
      seq: z.number().int(),
    }),
  ),
  alerts: z.array(
    z.strictObject({
      alert: z.enum([
        'overdrawn',
        'overdrawn-cleared',
        'near-duplicate',
        /** A second person has looked at both papers. */
        'near-duplicate-checked',
        'same-containers',
        'transfer-offered',
        /** A bank that sold shares of a loan has recorded a repayment: it passes the shares' part on. */
        'share-repaid',
        'expired',
        'overdue',
        /** A dispute that nobody has decided is over; the claim goes on as before. */
        'dispute-lapsed',
        /** A repayment was taken back, and what it had given back is drawn by others: the claim holds less than it should. */
        'uncovered-again',
        /** A party to the trade objects; the banks that hold claims on it answer. */
        'objection-raised',
        'objection-decided',
        /** A step that nobody has confirmed in time is not taken. */
        'step-lapsed',
        /** A claim ends long after one of its documents was due. */
        'past-due-financing',
        /** The debtor of documents on which others have lent has paid this much to one bank. */
        'paid-elsewhere',
        /** At a rate that was published the documents do not carry these claims any more. */
        'rate-uncovers',
        /** A document on which payments stand was taken back. */
        'red-letter',
        /** An authority has recorded what its recorder had stated before. */
        'taken-over',
        'limit-lapsed',
        'cover-declined',
        'premium-unpaid',
        'policy-cancelled',
        /** The policy ends sooner, begins later or pays a smaller share. */
        'policy-reduced',
        /** The insurer's promise to pay the bank has ended before the bank paid out. */
        'assignment-released',
        /** The regulator has taken the marks of a payment away. */
        'mark-lifted',
        /** An authority has recorded a document for which loans that were taken on have waited. */
        'taken-on-matched',
      ]),
      claims: z.array(opaqueId).optional(),
      payments: z.array(opaqueId).optional(),
      facts: z.array(opaqueId).optional(),
      objections: z.array(opaqueId).optional(),
    }),
  ),
});
export type LedgerEvent = z.infer<typeof eventSchema>;
