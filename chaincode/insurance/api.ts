import { z } from 'zod';
import { date, text } from '../schemas.js';

export const policySchema = z.strictObject({
  /** Whole per cent of a loss that the insurer bears. */
  insuredShare: z.number().int().min(1).max(100),
  from: date,
  to: date,
});

export const limitSchema = z.strictObject({
  /** Number of the policy to which the limit belongs. */
  policy: text(80),
  validUntil: date,
  /** Set when the insurer lets the limit lapse before that. */
  lapsedOn: date.optional(),
});

export const shipmentSchema = z.strictObject({
  policy: text(80),
  premiumPaid: z.boolean(),
  /** Set when the insurer declines cover. */
  declinedOn: date.optional(),
});

export const insuranceFactSections = {
  policy: policySchema.optional(),
  limit: limitSchema.optional(),
  shipment: shipmentSchema.optional(),
};
