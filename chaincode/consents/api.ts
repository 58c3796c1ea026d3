import { z } from 'zod';
import {
  command,
  date,
  documentSchema,
  factTypes,
  idempotencyKey,
  instant,
  mspId,
  opaqueId,
  partyIdSchema,
} from '../schemas.js';

export const consentStates = ['given', 'withdrawn'] as const;

/** An exporter's consent that a bank draws on its documents, as the exporter, the bank and the regulator see it. */
export const consentViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(consentStates),
  seq: z.number().int(),
  bank: mspId,
  enterprise: partyIdSchema,
  /** The one document that it is for; without it the bank may draw on every one. */
  document: z.strictObject({ type: z.enum(factTypes), number: z.string() }).optional(),
  /** The last day on which the bank may reserve on account of it. */
  until: date.optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type ConsentView = z.infer<typeof consentViewSchema>;

export const consentInputs = {
  giveConsent: z.strictObject({
    idempotencyKey,
    bank: mspId,
    document: documentSchema.optional(),
    until: date.optional(),
  }),
  withdrawConsent: z.strictObject(command),
} as const;

export const consentOutputs = {
  giveConsent: consentViewSchema,
  withdrawConsent: consentViewSchema,
} as const;
