import { z } from 'zod';
import { documentSchema } from '../api.js';
import { type LineRole, lineRoles } from '../catalogue.js';
import { storedMinor } from '../ledger/records.js';
import { rateUsedSchema } from '../schemas.js';

/** A line of a claim or payment, as it draws on its document. */
export const drawnLine = z.strictObject({
  role: z.enum(lineRoles),
  document: documentSchema,
  fact: z.string(),
  /** The self-recorded document that was named, where the line draws on the authority's beside it. */
  through: z.string().optional(),
  underlying: z.string(),
  /** The loan was taken on, and no authority has recorded the document: the draw waits for it and limits nobody. */
  awaited: z.literal(true).optional(),
  /** In the currency of the claim; of collateral in thousandths of the unit of the goods. */
  amount: storedMinor,
  /** What of the amount the line still stands for. */
  outstanding: storedMinor,
  /** Currency or unit of the document, and what the line drew and still holds of it. */
  currency: z.string(),
  drawn: storedMinor,
  held: storedMinor,
  /** What repayments, and a surplus, have used up of the document for good. */
  consumed: storedMinor.optional(),
  revolving: z.boolean(),
  /** Of goods that secure a loan alone and is shared: what they use of the price beside them, in the claim's currency. */
  priced: storedMinor.optional(),
  rate: rateUsedSchema.optional(),
  /** Of cover: the receivables that it covers, in the currency of the claim; it is freed with them. */
  covers: z.array(z.strictObject({ fact: z.string(), amount: storedMinor })).optional(),
});
export type DrawnLine = z.infer<typeof drawnLine>;

/** Digests of the key and the body of a command that was carried out, so that a repeated one changes nothing. */
export const rememberedRequest = z.strictObject({ key: z.string(), body: z.string() });
export type RememberedRequest = z.infer<typeof rememberedRequest>;

/** Before lines had roles, every line drew in one. */
export function linesWithRole({ lines }: Record<string, unknown>, role: LineRole): Record<string, unknown> {
  return { lines: (lines as object[]).map((line) => ({ ...line, role })) };
}
