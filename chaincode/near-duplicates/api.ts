import { z } from 'zod';
import { instant, mspId, opaqueId, reason } from '../schemas.js';

/**
 * In what two documents are alike: the digits of the number, the amount, the amount in another currency, amounts that
 * add up, parties and amount of an invoice and a declaration, or one that is cited under another spelling of its number.
 */
export const nearReasons = [
  'number',
  'amount',
  'currency',
  'split',
  'merged',
  'parties',
  'citation',
] as const;
export const nearReasonSchema = z.enum(nearReasons);
export type NearReason = (typeof nearReasons)[number];

export const nearDuplicateSchema = z.strictObject({
  fact: opaqueId,
  reasons: z.array(nearReasonSchema),
  /** A second person has looked at both papers; absent until then, and again once one of them is changed. */
  checked: z.strictObject({ by: mspId, at: instant, remark: z.string() }).optional(),
});
export type NearDuplicate = z.infer<typeof nearDuplicateSchema>;

export const nearDuplicateInputs = {
  checkNearDuplicate: z.strictObject({ id: opaqueId, other: opaqueId, remark: reason }),
} as const;

export const nearDuplicateOutputs = {
  checkNearDuplicate: z.strictObject({ id: opaqueId, nearDuplicates: z.array(nearDuplicateSchema) }),
} as const;
