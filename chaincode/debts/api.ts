import { z } from 'zod';
import { payableTypes } from '../payees/api.js';
import {
  factTypes,
  idempotencyKey,
  instant,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  text,
} from '../schemas.js';

/** What a buyer confirms: that it owes an invoice, or will owe what it has ordered. */
export const confirmableTypes = [...payableTypes, 'purchase-order'] as const;

/** What a debtor has confirmed, as it reads it itself. */
export const debtViewSchema = z.strictObject({
  id: opaqueId,
  state: z.literal('confirmed'),
  seq: z.number().int(),
  debtor: partyIdSchema,
  document: z.strictObject({ type: z.enum(factTypes), number: z.string() }),
  seller: partyIdSchema,
  amount: moneySchema,
  /** The only bank that is paid; without it whichever holds a claim of which the debtor is told. */
  payTo: mspId.optional(),
  confirmedAt: instant,
});
export type DebtView = z.infer<typeof debtViewSchema>;

export const debtInputs = {
  confirmDebt: z.strictObject({
    idempotencyKey,
    document: z.strictObject({ type: z.enum(confirmableTypes), number: text(80) }),
    /** All of it stands on the document, and all of it has to be right. */
    particulars: z.strictObject({ seller: partyIdSchema, total: moneySchema }),
    /** What the debtor will pay: at most what is payable on the document. */
    amount: moneySchema,
    payTo: mspId.optional(),
  }),
} as const;

export const debtOutputs = { confirmDebt: debtViewSchema } as const;
