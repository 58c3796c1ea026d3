import { z } from 'zod';
import { claimReference } from '../claims/api.js';
import { ownThings } from '../events.js';
import { historySchema, limits, opaqueId } from '../schemas.js';

export const auditInputs = {
  readFactHistory: z.strictObject({ id: opaqueId }),
  readClaimHistory: z.strictObject(claimReference),
  readOwnRecords: z.strictObject({
    keys: z
      .array(z.string().regex(/^[A-Z]{1,2}~[0-9a-f]{64}~\d{1,9}$/))
      .min(1)
      .max(limits.recordsPerReading),
  }),
  readAddresseeKey: z.strictObject({}),
  readOwnHistory: z.strictObject({ of: z.enum(ownThings), id: opaqueId }),
} as const;

export const auditOutputs = {
  readFactHistory: historySchema,
  readClaimHistory: historySchema,
  /** In the order of the keys; null where there is none. */
  readOwnRecords: z.strictObject({ records: z.array(z.string().nullable()) }),
  /** Hexadecimal. */
  readAddresseeKey: z.strictObject({ key: z.string() }),
  readOwnHistory: historySchema,
} as const;
