import { z } from 'zod';
import {
  command,
  date,
  documentSchema,
  factTypes,
  historySchema,
  idempotencyKey,
  instant,
  itemRefusalSchema,
  limits,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  rateUsedSchema,
  reason,
  text,
} from '../schemas.js';

/** What a tax filing or a paper of the capital account says beyond the common fields. */
const filingSchema = z.strictObject({
  /** What is paid for: consultancy, licences, dividends. */
  subject: text(200),
  contractNumber: text(80).optional(),
  validUntil: date.optional(),
});

export const paymentFactSections = { filing: filingSchema.optional() };

const paymentPurposes = ['service-trade', 'freight', 'capital-account', 'offshore-trade'] as const;
export const paymentPurposeSchema = z.enum(paymentPurposes);
export type PaymentPurpose = z.infer<typeof paymentPurposeSchema>;
/** `lifted`: the regulator has taken its marks away; the payment itself stands. */
const paymentStates = ['marked', 'reversed', 'lifted'] as const;
export const paymentStateSchema = z.enum(paymentStates);

export const paymentInputSchema = z.strictObject({
  idempotencyKey,
  /** The bank's own number of the payment order. */
  reference: text(64),
  payer: partyIdSchema,
  payee: text(200),
  purpose: paymentPurposeSchema,
  amount: moneySchema,
  paidOn: date,
  /** The bank's check of the papers of an offshore trade, which such a payment quotes and no other. */
  check: opaqueId.optional(),
  /** Each document with a check code must have been opened by this bank before. None is needed up to the threshold for services. */
  lines: z.array(z.strictObject({ document: documentSchema, amount: moneySchema })).max(limits.linesPerClaim),
});
export type PaymentInput = z.infer<typeof paymentInputSchema>;

const lineSchema = z.strictObject({
  document: documentSchema,
  fact: opaqueId,
  amount: moneySchema,
  /** What the payment uses up of the document, in the document's currency; a document that it marks keeps its balance. */
  drawn: moneySchema.optional(),
  rate: rateUsedSchema.optional(),
});

/** A payment as its bank and the regulator see it. */
export const paymentViewSchema = z.strictObject({
  id: opaqueId,
  state: paymentStateSchema,
  seq: z.number().int(),
  owner: mspId,
  reference: z.string(),
  payer: partyIdSchema,
  payee: z.string(),
  purpose: paymentPurposeSchema,
  amount: moneySchema,
  paidOn: date,
  check: opaqueId.optional(),
  lines: z.array(lineSchema),
  /** Whether the law asks for a tax filing: false for services up to the equivalent of USD 50,000. */
  filingRequired: z.boolean(),
  /** What it counted against that threshold, where its purpose has one and there was a rate. */
  equivalent: z.strictObject({ amount: moneySchema, rate: rateUsedSchema.optional() }).optional(),
  reason: z.string().optional(),
  /** A reversal that waits for its second person. */
  awaiting: z
    .strictObject({
      step: z.literal('reversal'),
      request: z.strictObject({ reason: z.string() }),
      proposedBy: z.string(),
      proposedAt: instant,
      /** When it lapses. */
      endsAt: instant,
    })
    .optional(),
  /** The reversal that was returned last, and why. */
  returned: z.strictObject({ step: z.literal('reversal'), reason: z.string(), at: instant }).optional(),
  createdAt: instant,
  updatedAt: instant,
});
/** That one enterprise lets another pay on a paper of goods that names it, as both its portal and the regulator see it. */
export const markConsentViewSchema = z.strictObject({
  id: opaqueId,
  state: z.literal('given'),
  seq: z.number().int(),
  /** Who consents. */
  enterprise: partyIdSchema,
  document: z.strictObject({ type: z.enum(factTypes), number: z.string() }),
  payer: partyIdSchema,
  createdAt: instant,
  updatedAt: instant,
});
export type MarkConsentView = z.infer<typeof markConsentViewSchema>;
export type PaymentView = z.infer<typeof paymentViewSchema>;

/** Only the regulator needs to say whose payment it means. */
const paymentReference = z.strictObject({ id: opaqueId, owner: mspId.optional() });

export const paymentInputs = {
  openDocument: z.strictObject({
    idempotencyKey,
    document: documentSchema,
    payer: partyIdSchema,
    checkCode: text(64),
  }),
  readOpening: z.strictObject({ id: opaqueId, attempt: opaqueId }),
  markPayments: z.strictObject({ payments: z.array(z.unknown()).min(1).max(limits.itemsPerBatch) }),
  reversePayment: z.strictObject({ ...command, reason }),
  confirmPaymentStep: z.strictObject(command),
  returnPaymentStep: z.strictObject({ ...command, reason }),
  liftMark: z.strictObject({ ...command, owner: mspId.optional(), reason }),
  consentToMark: z.strictObject({ document: documentSchema, payer: partyIdSchema }),
  readPayment: paymentReference,
  readPaymentHistory: paymentReference,
};

export const paymentOutputs = {
  /** Never whether the code is right: that is read after the attempt is on the ledger, by `readOpening`. */
  openDocument: z.strictObject({ id: opaqueId, attempt: opaqueId }),
  /** `refused`: the check code or the document is wrong, which of them is not told; the attempt has been counted. */
  readOpening: z.discriminatedUnion('result', [
    z.strictObject({ result: z.literal('refused'), attemptsLeft: z.number().int() }),
    z.strictObject({
      result: z.literal('opened'),
      fact: opaqueId,
      type: z.enum(factTypes),
      number: z.string(),
      date,
      total: moneySchema,
      status: z.enum(['active', 'amended', 'cancelled', 'replaced']),
      remaining: moneySchema.optional(),
      livePayments: z.number().int(),
      validUntil: date.optional(),
    }),
  ]),
  markPayments: z.strictObject({
    items: z.array(
      z.discriminatedUnion('status', [
        z.strictObject({ index: z.number().int(), status: z.literal('marked'), payment: paymentViewSchema }),
        itemRefusalSchema,
      ]),
    ),
  }),
  reversePayment: paymentViewSchema,
  confirmPaymentStep: paymentViewSchema,
  returnPaymentStep: paymentViewSchema,
  liftMark: paymentViewSchema,
  consentToMark: z.strictObject({ fact: opaqueId, payer: partyIdSchema, at: instant }),
  readPayment: paymentViewSchema,
  readPaymentHistory: historySchema,
};
