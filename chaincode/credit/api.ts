import { z } from 'zod';
import {
  date,
  idempotencyKey,
  instant,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  text,
} from '../schemas.js';

/** What an enterprise can open to a bank, each for itself. */
export const creditCategories = ['basic', 'trade-credit', 'regulatory'] as const;
export const creditCategorySchema = z.enum(creditCategories);
export type CreditCategory = (typeof creditCategories)[number];

const decimal = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'Write the number as decimal text.');

/** What the regulator keeps of an enterprise, category by category. */
const creditContentSchema = z.discriminatedUnion('category', [
  z.strictObject({
    category: z.literal('basic'),
    name: text(200),
    /** Entry in the directory of enterprises that may receive and pay abroad. */
    directoryStatus: z.enum(['listed', 'suspended', 'removed']),
    class: z.enum(['A', 'B', 'C']),
    listedSince: date.optional(),
  }),
  z.strictObject({
    category: z.literal('trade-credit'),
    years: z
      .array(
        z.strictObject({
          year: z.number().int().min(1990).max(2100),
          receipts: moneySchema,
          payments: moneySchema,
          exports: moneySchema,
          imports: moneySchema,
          /** Share of the goods traded that money was received or paid for. */
          matchRatio: decimal,
        }),
      )
      .min(1)
      .max(10),
  }),
  z.strictObject({
    category: z.literal('regulatory'),
    penalties: z
      .array(z.strictObject({ date, authority: text(100), reason: text(500), fine: moneySchema.optional() }))
      .max(100),
    note: text(500).optional(),
  }),
]);
export type CreditContent = z.infer<typeof creditContentSchema>;

export const creditRecordViewSchema = z.strictObject({
  id: opaqueId,
  enterprise: partyIdSchema,
  category: creditCategorySchema,
  version: z.number().int(),
  content: creditContentSchema,
  recordedAt: instant,
});
export type CreditRecordView = z.infer<typeof creditRecordViewSchema>;

const purpose = text(200);
const categories = z.array(creditCategorySchema).min(1).max(creditCategories.length);

/** One query as the log keeps it: allowed or refused, and why. */
export const creditQueryViewSchema = z.strictObject({
  id: opaqueId,
  /** `asked`: it is on the log and has not been answered; the bank asks again to learn the answer. */
  state: z.enum(['asked', 'allowed', 'refused']),
  seq: z.number().int(),
  bank: mspId,
  /** Who asked, by enrolment id. */
  person: z.string(),
  enterprise: partyIdSchema,
  authorisation: opaqueId,
  categories,
  purpose,
  code: z.string().optional(),
  detail: z.string().optional(),
  usesLeft: z.number().int().optional(),
  at: instant,
});
export type CreditQueryView = z.infer<typeof creditQueryViewSchema>;

export const creditInputs = {
  recordCredit: z.strictObject({ enterprise: partyIdSchema, content: creditContentSchema }),
  queryCredit: z.strictObject({
    idempotencyKey,
    enterprise: partyIdSchema,
    authorisation: opaqueId,
    categories,
    purpose,
  }),
  readCreditReport: z.strictObject({ query: opaqueId }),
} as const;

export const creditOutputs = {
  recordCredit: creditRecordViewSchema,
  /**
   * First `asked`, whatever would come of it; the same request again, once that is on the log, is answered. Never the
   * data: those are read after the answer is on the log, by `readCreditReport`.
   */
  queryCredit: creditQueryViewSchema,
  readCreditReport: z.strictObject({
    query: creditQueryViewSchema,
    /** The records as they were when the query was logged; a category without a record is missing. */
    records: z.array(creditRecordViewSchema),
  }),
} as const;
