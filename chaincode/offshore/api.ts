import { z } from 'zod';
import {
  date,
  documentSchema,
  idempotencyKey,
  instant,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  quantitySchema,
  text,
} from '../schemas.js';
import { transportSchema } from '../transport/api.js';

export const offshoreVerdicts = ['consistent', 'inconsistent', 'not-covered'] as const;
const offshoreVerdictSchema = z.enum(offshoreVerdicts);
export type OffshoreVerdict = (typeof offshoreVerdicts)[number];

/** What is compared: where the ship was, which containers travelled, what they held and what it cost. */
export const offshoreDimensions = ['vessel', 'containers', 'cargo'] as const;
export type OffshoreDimension = (typeof offshoreDimensions)[number];

const mostPapers = 20;
const { vessel, from, to, containers, cargo } = transportSchema.shape;

/** A bill of lading or waybill as the bank holds it: what is left out is not compared. */
const offshoreBillSchema = z
  .strictObject({
    document: documentSchema.extend({ type: z.enum(['bill-of-lading', 'rail-waybill']) }),
    vessel,
    from,
    to,
    loadedOn: date.optional(),
    arrivedOn: date.optional(),
    containers,
    cargo,
  })
  .refine((bill) => bill.vessel !== undefined || bill.containers !== undefined, {
    message: 'Say which ship or which containers the paper names.',
  });
export type OffshoreBill = z.infer<typeof offshoreBillSchema>;

const receiptSchema = z.strictObject({
  document: documentSchema.extend({ type: z.literal('warehouse-receipt') }),
  quantity: quantitySchema,
});
export type OffshoreReceipt = z.infer<typeof receiptSchema>;

const invoiceSchema = z.strictObject({
  document: documentSchema.extend({ type: z.enum(['commercial-invoice', 'tax-invoice']) }),
  total: moneySchema,
});
export type OffshoreInvoice = z.infer<typeof invoiceSchema>;

export const offshoreCheckInputSchema = z.strictObject({
  idempotencyKey,
  /** The bank's customer, who buys and sells goods that never cross the border. */
  enterprise: partyIdSchema,
  bills: z.array(offshoreBillSchema).min(1).max(mostPapers),
  receipts: z.array(receiptSchema).max(mostPapers).optional(),
  invoice: invoiceSchema.optional(),
});
export type OffshoreCheckInput = z.infer<typeof offshoreCheckInputSchema>;

/** A question that is on the record and has no report yet: its bank went no further. */
export const offshoreQuestionSchema = z.strictObject({
  id: opaqueId,
  bank: mspId,
  /** Who asked, by enrolment id. */
  person: z.string(),
  asked: offshoreCheckInputSchema.omit({ idempotencyKey: true }),
  at: instant,
  state: z.literal('asked'),
});

/** A report as its bank and the regulator see it. It holds what the bank said and whether that fits, nothing else. */
export const offshoreCheckViewSchema = z.strictObject({
  ...offshoreQuestionSchema.omit({ state: true }).shape,
  verdict: offshoreVerdictSchema,
  dimensions: z.array(
    z.strictObject({
      dimension: z.enum(offshoreDimensions),
      verdict: offshoreVerdictSchema,
      reasons: z.array(text(400)),
    }),
  ),
  /** Papers that back an offshore payment already: another one would be refused. */
  marked: z.array(documentSchema),
  /** SHA-256 of everything above but the id, as JSON with sorted names: proves a printed report. */
  reportHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type OffshoreCheckView = z.infer<typeof offshoreCheckViewSchema>;

/** What a list shows of a check. */
export const offshoreEntrySchema = z.union([offshoreCheckViewSchema, offshoreQuestionSchema]);
export type OffshoreEntry = z.infer<typeof offshoreEntrySchema>;

export const offshoreInputs = {
  checkOffshore: offshoreCheckInputSchema,
  /** Only the regulator needs to say whose check it means. */
  readOffshoreCheck: z.strictObject({ id: opaqueId, owner: mspId.optional() }),
} as const;

export const offshoreOutputs = {
  /** Never the verdicts: they are read after the check is on the log, by `readOffshoreCheck`. */
  checkOffshore: z.strictObject({ id: opaqueId, state: z.enum(['asked', 'checked']), at: instant }),
  readOffshoreCheck: offshoreCheckViewSchema,
} as const;
