import { z } from 'zod';
import { date, documentSchema, instant, limits, moneySchema, mspId, opaqueId } from '../schemas.js';

/** What draws on an enterprise's document, as the enterprise itself sees it. */
export const ownDrawSchema = z.discriminatedUnion('kind', [
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
