import { z } from 'zod';
import { insuranceFactSections } from '../insurance/api.js';
import { creditFactSections } from '../letters-of-credit/api.js';
import { nearDuplicateSchema, nearReasonSchema } from '../near-duplicates/api.js';
import { paymentFactSections } from '../payments/api.js';
import { transportFactSections } from '../transport/api.js';
import {
  citationSchema,
  date,
  documentSchema,
  factTypes,
  idempotencyKey,
  instant,
  itemRefusalSchema,
  limitedBySchema,
  limits,
  moneySchema,
  mspId,
  numberingPeriod,
  opaqueId,
  partyIdSchema,
  partySchema,
  quantitySchema,
  reason,
  text,
} from '../schemas.js';

/** What a document says beyond the fields that the rules use; kept and shown, and checked where a check exists. */
const detailsSchema = z.strictObject({
  customsOffice: text(20).optional(),
  exportDate: date.optional(),
  tradeMode: text(40).optional(),
  transportMode: text(40).optional(),
  terms: text(40).optional(),
  destination: text(60).optional(),
  contractNumber: text(80).optional(),
  orderNumber: text(80).optional(),
  localReference: text(80).optional(),
  gross: moneySchema.optional(),
  prepaid: moneySchema.optional(),
  paymentDueDate: date.optional(),
  documentTypeCode: text(10).optional(),
  containers: z.array(text(20)).max(200).optional(),
  goods: z
    .array(
      z.strictObject({
        hsCode: z.string().regex(/^\d{4,13}$/),
        description: text(500).optional(),
        quantity: text(40).optional(),
        unit: text(20).optional(),
        amount: moneySchema.optional(),
      }),
    )
    .max(100)
    .optional(),
  note: text(500).optional(),
});

const instalmentsSchema = z
  .array(z.strictObject({ dueDate: date, amount: moneySchema }))
  .min(1)
  .max(limits.instalmentsPerFact);

/** What only some types of documents say: the column `section` of the catalogue says which of them has to. */
const factSections = {
  ...paymentFactSections,
  ...insuranceFactSections,
  ...creditFactSections,
  ...transportFactSections,
};

export const factInputSchema = z.strictObject({
  type: z.enum(factTypes),
  number: text(80),
  date,
  /** Who is to be paid: the seller of an invoice, the exporter of a declaration. */
  seller: partySchema,
  buyer: partySchema.optional(),
  /** Required where the balance is an amount; a document of transport states one only if freight is owed on it. */
  total: moneySchema.optional(),
  /** The goods that a warehouse receipt stands for. */
  quantity: quantitySchema.optional(),
  /** What these goods weigh, where the receipt counts them in another unit, such as bags. */
  mass: quantitySchema.optional(),
  /** What is still to be paid, if that differs from the total; it may be zero. */
  payable: moneySchema.optional(),
  /** When how much of an invoice is to be paid: later and later, and in all what is payable. */
  instalments: instalmentsSchema.optional(),
  cites: z.array(citationSchema).max(limits.citesPerFact).optional(),
  /** Stated where the issuer restarts its numbers: the same number in another period is another document. */
  numberingPeriod: numberingPeriod.optional(),
  /** The buyer wrote it for the seller: the number is one of the buyer's, who is its issuer. */
  selfBilled: z.literal(true).optional(),
  /** The invoice of the same seller that a credit note lowers. */
  corrects: z.strictObject({ number: text(80) }).optional(),
  /** The document of the same type and seller whose place this one takes: one balance, never two. */
  replaces: z.strictObject({ number: text(80), numberingPeriod: numberingPeriod.optional() }).optional(),
  /** The payee that the document itself names because the receivable is assigned. */
  assignedTo: partySchema.optional(),
  details: detailsSchema.optional(),
  /** Kept only as a keyed hash. */
  checkCode: text(64).optional(),
  ...factSections,
});
export type FactInput = z.infer<typeof factInputSchema>;

export const factStatusSchema = z.enum(['active', 'amended', 'cancelled', 'replaced']);
export type FactStatus = z.infer<typeof factStatusSchema>;

/** The record of a document as its authority and the regulator see it. */
export const factViewSchema = z.strictObject({
  id: opaqueId,
  type: z.enum(factTypes),
  number: z.string(),
  /** The number as it was printed, where that is another spelling. */
  printedNumber: z.string().optional(),
  issuer: partyIdSchema,
  date,
  seller: partySchema,
  buyer: partySchema.optional(),
  total: moneySchema.optional(),
  payable: moneySchema.optional(),
  quantity: quantitySchema.optional(),
  mass: quantitySchema.optional(),
  instalments: instalmentsSchema.optional(),
  cites: z.array(citationSchema),
  numberingPeriod: z.string().optional(),
  selfBilled: z.literal(true).optional(),
  corrects: z.strictObject({ number: z.string() }).optional(),
  replaces: z.strictObject({ number: z.string(), numberingPeriod: z.string().optional() }).optional(),
  assignedTo: partySchema.optional(),
  details: detailsSchema.optional(),
  ...factSections,
  status: factStatusSchema,
  version: z.number().int(),
  authority: mspId,
  underlying: opaqueId,
  nearDuplicates: z.array(nearDuplicateSchema),
  overdrawn: z.boolean(),
  /** A change that waits for its second person. */
  awaiting: z
    .strictObject({
      step: z.enum(['amendment', 'cancellation']),
      /** What was asked for. */
      request: z.record(z.string(), z.unknown()),
      proposedBy: z.string(),
      proposedAt: instant,
      /** When it lapses. */
      endsAt: instant,
    })
    .optional(),
  /** The change that was returned last, and why. */
  returned: z.strictObject({ reason: z.string(), at: instant }).optional(),
  recordedAt: z.string(),
  updatedAt: z.string(),
  reason: z.string().optional(),
  /** The day of an amendment or cancellation that is older than its record here. */
  changedOn: date.optional(),
});
export type FactView = z.infer<typeof factViewSchema>;

/** What an amendment may change of a document. */
const factChangesSchema = factInputSchema
  .omit({
    type: true,
    number: true,
    numberingPeriod: true,
    selfBilled: true,
    seller: true,
    corrects: true,
    replaces: true,
  })
  .partial();

/** An item of an authority's past: a document, an amendment or a cancellation, each of the day on which it was made. */
export const pastItemSchemas = {
  records: z.strictObject({ records: factInputSchema }),
  amends: z.strictObject({ amends: documentSchema, changes: factChangesSchema, on: date, reason }),
  cancels: z.strictObject({ cancels: documentSchema, on: date, reason }),
} as const;

/** Whether an item is one of an authority's past, rather than a document that it records now. */
export function isPast(raw: unknown): raw is object {
  return typeof raw === 'object' && raw !== null && Object.keys(pastItemSchemas).some((name) => name in raw);
}

const mismatchFields = ['enterprise', 'total', 'currency', 'quantity', 'date'] as const;

export const verificationSchema = z.strictObject({
  result: z.enum(['match', 'mismatch', 'not-found', 'cancelled', 'replaced']),
  mismatches: z.array(z.enum(mismatchFields)),
  /** Only on a match: what the debtor has confirmed to pay, and to whom. */
  confirmedByDebtor: z.strictObject({ amount: moneySchema, payTo: mspId.optional(), at: instant }).optional(),
  /** Only on a match: how its recorder printed the number, where that is another spelling. */
  printedNumber: z.string().optional(),
  /** Only on a match: what can still be claimed, in the currency of the document. */
  remaining: moneySchema.optional(),
  /** The same of a document whose balance is a quantity. */
  remainingQuantity: quantitySchema.optional(),
  /** Of a document that is paid in instalments: what a claim that falls due on the day of each may still draw. */
  instalments: z.array(z.strictObject({ dueDate: date, remaining: moneySchema })).optional(),
  /** The documents because of which no more is left. */
  limitedBy: limitedBySchema.optional(),
  liveDraws: z.number().int().optional(),
  /** Proves the verification to a claim of the same organisation. */
  proof: opaqueId.optional(),
  warnings: z.array(
    z.discriminatedUnion('warning', [
      /** Only the seller itself has recorded the document; no authority speaks of the sale, or several do. */
      z.strictObject({ warning: z.literal('not-corroborated') }),
      z.strictObject({ warning: z.literal('several-authorities') }),
      /** Documents of the same goods count them in different units. */
      z.strictObject({ warning: z.literal('units-incomparable') }),
      z.strictObject({ warning: z.literal('assigned'), assignedTo: partySchema }),
      /** Others resemble it; `checked` once a second person has looked at all of them. */
      z.strictObject({
        warning: z.literal('near-duplicate'),
        reasons: z.array(nearReasonSchema),
        checked: z.boolean(),
      }),
      /** Another document lists the same containers for the same time, and neither cites the other. */
      z.strictObject({ warning: z.literal('same-containers') }),
      z.strictObject({ warning: z.literal('overdrawn') }),
      /** The regulator lets nobody draw on the trade anew. */
      z.strictObject({ warning: z.literal('on-hold') }),
      z.strictObject({ warning: z.literal('rate-missing') }),
      z.strictObject({ warning: z.literal('rate-stale') }),
      /** A claim that names it as its cover would be refused, with this code. */
      z.strictObject({ warning: z.literal('not-covered'), code: z.string() }),
    ]),
  ),
});
export type Verification = z.infer<typeof verificationSchema>;

export const factInputs = {
  recordFacts: z.strictObject({
    idempotencyKey: idempotencyKey.optional(),
    /** Facts, or items of an authority's past. Each is parsed by itself, so that a malformed one does not refuse its neighbours. */
    facts: z.array(z.unknown()).min(1).max(limits.itemsPerBatch),
  }),
  amendFact: z.strictObject({
    id: opaqueId,
    expectedVersion: z.int32().min(1).optional(),
    changes: factChangesSchema,
    reason,
  }),
  cancelFact: z.strictObject({ id: opaqueId, expectedVersion: z.int32().min(1).optional(), reason }),
  /** Without changes: a cancellation. */
  previewFactChange: z.strictObject({
    id: opaqueId,
    changes: factChangesSchema.omit({ letterOfCredit: true }).optional(),
  }),
  confirmFactStep: z.strictObject({ id: opaqueId }),
  returnFactStep: z.strictObject({ id: opaqueId, reason }),
  readFact: z.strictObject({ id: opaqueId }),
  readFacts: z.strictObject({ ids: z.array(opaqueId).max(limits.factsPerReading) }),
  verifyDocument: z.strictObject({
    document: documentSchema,
    particulars: z.strictObject({
      enterprise: partyIdSchema,
      total: moneySchema.optional(),
      quantity: quantitySchema.optional(),
      date: date.optional(),
    }),
  }),
} as const;

const factRecordedSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('recorded'),
  fact: factViewSchema,
});

export const factOutputs = {
  recordFacts: z.strictObject({
    items: z.array(z.discriminatedUnion('status', [factRecordedSchema, itemRefusalSchema])),
  }),
  amendFact: factViewSchema,
  cancelFact: factViewSchema,
  /** What would be left without a document that carries it. */
  previewFactChange: z.strictObject({
    claims: z.number().int(),
    payments: z.number().int(),
    overdrawn: z.array(z.strictObject({ by: moneySchema.optional(), byQuantity: quantitySchema.optional() })),
  }),
  confirmFactStep: factViewSchema,
  returnFactStep: factViewSchema,
  readFact: factViewSchema,
  /** In the order of the ids; null where the caller may not see the document. */
  readFacts: z.strictObject({ facts: z.array(factViewSchema.nullable()) }),
  verifyDocument: z.strictObject({
    ...verificationSchema.shape,
    /** Digest of the question, so that the nodes' signatures on the answer hold for this question only. */
    asked: opaqueId.optional(),
  }),
} as const;
