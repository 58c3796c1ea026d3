import { z } from 'zod';

/** Visible ASCII: a key travels in a header and is compared byte by byte. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{8,100}$/;

export const idParams = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/, 'An id has 64 hexadecimal characters.'),
});
export const transactionParams = z.object({ transactionId: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * A whole number in a query, written in decimal digits: what else JavaScript takes for a number, as `0x10` or `1e2`, is
 * refused.
 */
export function wholeNumber(least: number, most: number) {
  return z.preprocess(
    (text) => (typeof text === 'string' && !/^\d{1,15}$/.test(text) ? Number.NaN : text),
    z.coerce.number().int().min(least).max(most),
  );
}

/** Where a page begins; what does not look like it is refused as CURSOR_INVALID where it is used. */
export const cursorSchema = z.string().max(200).optional();
export const cursorPattern = '^\\d{1,15}$';

/** Paging: the cursor comes from the answer before. */
export const page = {
  cursor: cursorSchema,
  limit: wholeNumber(1, 200).default(50),
};

/** A number or reference that somebody looks for, however they spell it. */
export const lookedFor = z.string().trim().min(1).max(80).optional();

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}

/** A record as it stands after a transaction. */
export const transactionId = { transactionId: z.string() };
