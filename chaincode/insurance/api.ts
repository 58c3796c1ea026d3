import { z } from 'zod';
import { indemnityInputs, indemnityOutputs } from './indemnities/api.js';
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
} from '../schemas.js';

const policySchema = z.strictObject({
  /** Whole per cent of a loss that the insurer bears. */
  insuredShare: z.number().int().min(1).max(100),
  from: date,
  to: date,
});

const limitSchema = z.strictObject({
  /** Number of the policy to which the limit belongs. */
  policy: text(80),
  validUntil: date,
  /** Set when the insurer lets the limit lapse before that. */
  lapsedOn: date.optional(),
});

const shipmentSchema = z.strictObject({
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

/** `proposed` by the exporter, `live` once the insurer has confirmed it, `released` for good. */
export const assignmentStates = ['proposed', 'live', 'released'] as const;

/** The assignment of what the insurer would pay for one policy and buyer, as its three parties and the regulator see it. */
export const assignmentViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(assignmentStates),
  seq: z.number().int(),
  /** The portal of the enterprise. */
  owner: mspId,
  enterprise: partyIdSchema,
  insurer: mspId,
  /** The assignee. */
  bank: mspId,
  /** Number of the policy. */
  policy: z.string(),
  buyer: partyIdSchema,
  /** Number of the buyer limit on which the bank may claim. */
  limit: z.string(),
  reason: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type AssignmentView = z.infer<typeof assignmentViewSchema>;

/** How much of a limit or declared shipment live claims hold, bank by bank; nothing else about the claims. */
export const coverUseSchema = z.strictObject({
  fact: opaqueId,
  total: moneySchema,
  inUse: moneySchema,
  /** Paid as indemnities, or repaid from what no longer restores: gone for good. */
  consumed: moneySchema,
  remaining: moneySchema,
  banks: z.array(z.strictObject({ bank: mspId, inUse: moneySchema, claims: z.number().int() })),
});

const assignment = { id: opaqueId };

export const insuranceInputs = {
  proposeAssignment: z.strictObject({
    idempotencyKey,
    bank: mspId,
    limit: text(80),
    /** The insurer that granted the limit; needed where two have given its number. */
    insurer: mspId.optional(),
  }),
  confirmAssignment: z.strictObject(assignment),
  releaseAssignment: z.strictObject({ ...assignment, reason: reason.optional() }),
  readCoverUse: z.strictObject({ id: opaqueId }),
  ...indemnityInputs,
} as const;

export const insuranceOutputs = {
  proposeAssignment: assignmentViewSchema,
  confirmAssignment: assignmentViewSchema,
  releaseAssignment: assignmentViewSchema,
  readCoverUse: coverUseSchema,
  ...indemnityOutputs,
} as const;
