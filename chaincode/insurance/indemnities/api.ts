import { z } from 'zod';
import {
  date,
  idempotencyKey,
  instant,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  reason,
  text,
} from '../../schemas.js';

/** `confirmed` while something of it is left, `used-up` once repayments quote all of it, `withdrawn` for good. */
export const indemnityStates = ['confirmed', 'used-up', 'withdrawn'] as const;

/** What an insurer says it has paid to a bank for one policy and buyer, as both of them and the regulator see it. */
export const indemnityViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(indemnityStates),
  seq: z.number().int(),
  insurer: mspId,
  bank: mspId,
  /** Number of the policy. */
  policy: z.string(),
  buyer: partyIdSchema,
  /** Number of the buyer limit that it uses up. */
  limit: z.string(),
  amount: moneySchema,
  /** What no repayment quotes yet. */
  left: moneySchema,
  /** The day on which the insurer paid. */
  paidOn: date,
  reason: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type IndemnityView = z.infer<typeof indemnityViewSchema>;

export const indemnityInputs = {
  confirmIndemnity: z.strictObject({
    idempotencyKey,
    bank: mspId,
    policy: text(80),
    buyer: partyIdSchema,
    amount: moneySchema,
    paidOn: date,
  }),
  withdrawIndemnity: z.strictObject({ id: opaqueId, reason }),
} as const;

export const indemnityOutputs = {
  confirmIndemnity: indemnityViewSchema,
  withdrawIndemnity: indemnityViewSchema,
} as const;
