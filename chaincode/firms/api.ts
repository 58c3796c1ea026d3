import { z } from 'zod';
import { limits, opaqueId, partyIdSchema } from '../schemas.js';

const firmSchema = z.strictObject({
  /** The id that stands for the firm. */
  firm: partyIdSchema,
  ids: z.array(partyIdSchema),
});

export const firmInputs = {
  stateFirm: z.strictObject({ ids: z.array(partyIdSchema).min(2).max(limits.idsPerFirm) }),
  readFirm: z.strictObject({ id: partyIdSchema }),
  /** Documents whose sellers have become one firm since they were recorded. */
  relinkFacts: z.strictObject({ facts: z.array(opaqueId).min(1).max(limits.relinkedPerTransaction) }),
} as const;

export const firmOutputs = {
  stateFirm: firmSchema,
  readFirm: firmSchema,
  relinkFacts: z.strictObject({
    relinked: z.number().int(),
    /** Documents whose trade would become too large. */
    full: z.number().int(),
  }),
} as const;
