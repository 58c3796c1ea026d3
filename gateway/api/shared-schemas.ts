import { z } from 'zod';

export const idParams = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/, 'An id has 64 hexadecimal characters.'),
});
export const transactionParams = z.object({ transactionId: z.string().regex(/^[0-9a-f]{64}$/) });

/** Paging: the cursor comes from the answer before. */
export const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}

/** A record as it stands after a transaction. */
export const transactionId = { transactionId: z.string() };
