import { z } from 'zod';
import { factStatusSchema, verificationSchema } from '../facts/api.js';
import { date, documentSchema, instant, limits, moneySchema, mspId, opaqueId } from '../schemas.js';

/** What draws on an enterprise's document, as the enterprise itself sees it. */
const ownDrawSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('claim'),
    id: opaqueId,
    bank: mspId,
    state: z.string(),
    product: z.string(),
    /** The document of the trade that it draws on. */
    document: documentSchema,
    amount: moneySchema,
    /** What is still to be repaid. */
    outstanding: moneySchema,
    dueDate: date,
    /** When and how the debtor was told to pay the bank. */
    debtorNotice: z.strictObject({ date, how: z.string() }).optional(),
    /** Until when a reservation, or the promise to pay out, holds. */
    expiresAt: instant.optional(),
    /** Why a bank, or the regulator, disputes it. */
    dispute: z.string().optional(),
    since: instant,
  }),
  z.strictObject({
    kind: z.literal('payment'),
    id: opaqueId,
    bank: mspId,
    state: z.string(),
    document: documentSchema,
    amount: moneySchema,
    paidOn: date,
    since: instant,
  }),
]);
export type OwnDraw = z.infer<typeof ownDrawSchema>;

export const ownDocumentInputs = {
  readOwnDocument: z.strictObject({ document: documentSchema }),
  /** A page of a list. */
  readOwnDocuments: z.strictObject({ ids: z.array(opaqueId).max(limits.ownDocumentsPerReading) }),
} as const;

/** An enterprise's own document, with what draws on its trade. */
const ownDocumentSchema = z.strictObject({
  id: opaqueId,
  document: documentSchema,
  status: factStatusSchema,
  date,
  total: moneySchema.optional(),
  ...verificationSchema.pick({
    printedNumber: true,
    confirmedByDebtor: true,
    remaining: true,
    remainingQuantity: true,
    limitedBy: true,
    warnings: true,
  }).shape,
  liveDraws: z.number().int().optional(),
  /** Live claims and payments on the documents of its trade. */
  draws: z.array(ownDrawSchema),
});

export const ownDocumentOutputs = {
  readOwnDocuments: z.strictObject({ documents: z.array(ownDocumentSchema.nullable()) }),
  readOwnDocument: ownDocumentSchema,
} as const;
