import { z } from 'zod';
import { date, moneySchema, mspId, partyIdSchema, partySchema, text } from '../schemas.js';

/** The documents on whose face a debtor finds whom to pay. */
export const payableTypes = ['commercial-invoice', 'tax-invoice'] as const;

const payeeSchema = z.discriminatedUnion('kind', [
  /** Holds a claim of which the debtor was told. */
  z.strictObject({
    kind: z.literal('bank'),
    bank: mspId,
    notified: z.strictObject({ date, how: z.string() }),
  }),
  /** The document says so itself. */
  z.strictObject({ kind: z.literal('document'), party: partySchema }),
  z.strictObject({ kind: z.literal('seller'), party: partySchema }),
]);
export type Payee = z.infer<typeof payeeSchema>;

export const payeeInputs = {
  lookUpPayee: z.strictObject({
    document: z.strictObject({ type: z.enum(payableTypes), number: text(80) }),
    /** All of it stands on the invoice, and all of it has to be right. */
    particulars: z.strictObject({ seller: partyIdSchema, total: moneySchema }),
  }),
} as const;

export const payeeOutputs = {
  lookUpPayee: z.strictObject({
    /** `no-match` says nothing about which particular is wrong, or whether there is such an invoice at all. */
    result: z.enum(['match', 'no-match', 'cancelled']),
    /** The one who is paid with discharge; there on a match only. */
    payee: payeeSchema.optional(),
  }),
} as const;
