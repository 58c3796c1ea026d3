import { z } from 'zod';
import { partyIdSchema } from '../api.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';

/** Which firm a registered id belongs to; the record of the firm's first id lists them all. */
export const firmId = recordKind(
  'registered id of a firm',
  'D',
  z.strictObject({ firm: partyIdSchema, ids: z.array(partyIdSchema).optional() }),
);

export const firmIdAt = (id: string) => at(registry, firmId, id);
