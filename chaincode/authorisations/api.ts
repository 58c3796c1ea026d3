import { z } from 'zod';
import { creditCategories, creditCategorySchema } from '../credit/api.js';
import {
  command,
  date,
  idempotencyKey,
  instant,
  limits,
  mspId,
  opaqueId,
  partyIdSchema,
  text,
} from '../schemas.js';

/** `used-up` and `revoked` are final; that its time is over is seen by its dates. */
export const authorisationStates = ['active', 'used-up', 'revoked'] as const;

const terms = {
  bank: mspId,
  categories: z.array(creditCategorySchema).min(1).max(creditCategories.length),
  purpose: text(200),
  /** First and last day on which the bank may query. */
  from: date,
  to: date,
  uses: z.number().int().min(1).max(limits.usesPerAuthorisation),
};

/** An authorisation as the enterprise, the bank and the regulator see it. */
export const authorisationViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(authorisationStates),
  seq: z.number().int(),
  owner: mspId,
  enterprise: partyIdSchema,
  ...terms,
  usesLeft: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
});
export type AuthorisationView = z.infer<typeof authorisationViewSchema>;

export const authorisationInputs = {
  authoriseQuery: z.strictObject({ idempotencyKey, ...terms }),
  revokeAuthorisation: z.strictObject(command),
} as const;

export const authorisationOutputs = {
  authoriseQuery: authorisationViewSchema,
  revokeAuthorisation: authorisationViewSchema,
} as const;
