import { z } from 'zod';
import {
  command,
  date,
  documentSchema,
  idempotencyKey,
  instant,
  limits,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  reason,
  tenorDays,
  text,
  yearlyRate,
} from '../schemas.js';
import { creditOutputs } from '../credit/api.js';
import { verificationSchema } from '../facts/api.js';

export const loanStates = ['submitted', 'referred', 'approved', 'declined', 'withdrawn'] as const;
export const mandateStates = ['proposed', 'granted', 'revoked'] as const;

/** Hexadecimal SHA-256 of the bank's rules file: which version of the rules is meant. */
const rulesHash = opaqueId;

const application = {
  bank: mspId,
  amount: moneySchema,
  tenorDays,
  purpose: text(200),
  lines: z
    .array(
      z.strictObject({
        document: documentSchema,
        /** What the document states; the registry says whether it does. */
        total: moneySchema,
        amount: moneySchema,
      }),
    )
    .min(1)
    .max(limits.linesPerClaim),
  /** Lets the bank query the enterprise's records, in all categories. */
  authorisation: opaqueId,
};

/** What a loan is given on. */
const loanTermsSchema = z.strictObject({ amount: moneySchema, rate: yearlyRate });
export type LoanTerms = z.infer<typeof loanTermsSchema>;

/** Most of what a document states that all claims on it together may come to, in whole per cent. */
const advanceRate = z.number().int().min(1).max(100);

/** One rule and what it found, for the enterprise to read. */
const loanReasonSchema = z.strictObject({
  rule: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'A rule is named in small letters, such as largest-amount.'),
  detail: text(500),
});
export type LoanReason = z.infer<typeof loanReasonSchema>;
const reasons = z.array(loanReasonSchema).min(1).max(limits.reasonsPerDecision);

/** An application as bank and regulator see it; the enterprise does not learn the names of the bank's people. */
export const loanViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(loanStates),
  seq: z.number().int(),
  owner: mspId,
  enterprise: partyIdSchema,
  ...application,
  /** Why it was decided, or referred to a person. */
  reasons: z.array(loanReasonSchema),
  decidedBy: z.enum(['rules', 'person']).optional(),
  terms: loanTermsSchema.optional(),
  claim: opaqueId.optional(),
  /** The rules by which the gateway judged, and the mandate under which it decided. */
  rules: rulesHash.optional(),
  mandate: opaqueId.optional(),
  /** The logged credit query that was made for it. */
  query: opaqueId.optional(),
  /** What an officer proposes to the approver. */
  recommendation: z
    .strictObject({ ...loanTermsSchema.shape, note: text(500).optional(), by: z.string() })
    .optional(),
  /** The person who decided. */
  person: z.string().optional(),
  /** Why the enterprise withdrew. */
  reason: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type LoanView = z.infer<typeof loanViewSchema>;

const mandate = {
  rules: rulesHash,
  /** Largest single loan that the rules may approve. */
  largest: moneySchema,
  /** Sum of all loans that may be approved under it. */
  total: moneySchema,
  validUntil: date,
};

/** What two people of a bank let its gateway approve. */
export const mandateViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(mandateStates),
  seq: z.number().int(),
  bank: mspId,
  ...mandate,
  /** What is left of the total. */
  left: moneySchema,
  proposedBy: z.string(),
  grantedBy: z.string().optional(),
  reason: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type MandateView = z.infer<typeof mandateViewSchema>;

/** What an enterprise owes the bank on its online loans, and which version of that this is. */
const exposureViewSchema = z.strictObject({
  seq: z.number().int(),
  /** What is outstanding, a sum for each currency. */
  open: z.array(moneySchema),
});

export const loanInputs = {
  applyForLoan: z.strictObject({ idempotencyKey, ...application }),
  withdrawLoan: z.strictObject({ ...command, reason: reason.optional() }),
  queryForLoan: z.strictObject({ id: opaqueId }),
  assessLoan: z.strictObject({ id: opaqueId, advanceRate: advanceRate.optional() }),
  decideLoan: z.strictObject({
    id: opaqueId,
    /** Absent where the bank has no rules. */
    rules: rulesHash.optional(),
    /** Without a live mandate an application can only be referred. */
    mandate: opaqueId.optional(),
    outcome: z.discriminatedUnion('decision', [
      z.strictObject({
        decision: z.literal('approved'),
        terms: loanTermsSchema,
        reasons,
        /** Held against every document as it is drawn on, whatever the gateway has seen. */
        advanceRate,
        /** The version of the exposure that was judged on: another approval meanwhile refuses this one. */
        exposure: z.number().int().min(0),
      }),
      z.strictObject({ decision: z.literal('declined'), reasons }),
      z.strictObject({ decision: z.literal('referred'), reasons }),
    ]),
  }),
  recommendLoan: z.strictObject({ ...command, ...loanTermsSchema.shape, note: text(500).optional() }),
  approveLoan: z.strictObject({
    ...command,
    /** The version that the approver has read: it holds the recommendation that is approved. */
    expectedSeq: z.int32().min(1),
  }),
  declineLoan: z.strictObject({ ...command, reason }),
  proposeMandate: z.strictObject({ idempotencyKey, ...mandate }),
  grantMandate: z.strictObject(command),
  revokeMandate: z.strictObject({ ...command, reason: reason.optional() }),
} as const;

export const loanOutputs = {
  applyForLoan: loanViewSchema,
  withdrawLoan: loanViewSchema,
  queryForLoan: creditOutputs.queryCredit,
  assessLoan: z.strictObject({
    /** What the registry says of each document, in the order of the application. */
    documents: z.array(
      z.strictObject({
        ...verificationSchema.shape,
        /** What can still be lent on it, where the rate of the bank was given. */
        lendable: moneySchema.optional(),
      }),
    ),
    /** What the query for this application opened; absent before it, and when it was refused. */
    report: creditOutputs.readCreditReport.optional(),
    exposure: exposureViewSchema,
  }),
  decideLoan: loanViewSchema,
  recommendLoan: loanViewSchema,
  approveLoan: loanViewSchema,
  declineLoan: loanViewSchema,
  proposeMandate: mandateViewSchema,
  grantMandate: mandateViewSchema,
  revokeMandate: mandateViewSchema,
} as const;
