import { claimStateSchema, documentSchema, moneySchema } from '@pledgeonce/chaincode/api.js';
import { differenceKinds, documentChanges } from '@pledgeonce/chaincode/reconciliations/api.js';
import { z } from 'zod';
import type { ApiContext } from '../context.js';
import { Problem } from '../problem.js';

const said = z.strictObject({
  state: claimStateSchema.optional(),
  outstanding: moneySchema,
  dueDate: z.string().optional(),
});
/** One claim on which the book and the registry do not agree, and in what. */
export const differenceSchema = z.strictObject({
  differs: z.array(z.enum(differenceKinds)),
  line: z.number().int().optional(),
  applicationNumber: z.string().optional(),
  claim: z.string().optional(),
  book: said.optional(),
  registry: said.optional(),
  documents: z
    .array(
      z.strictObject({
        ...documentSchema.pick({ type: true, number: true }).shape,
        change: z.enum(documentChanges),
        at: z.string(),
      }),
    )
    .optional(),
});

/** A page of the differences of a result, whose first line says what was compared and whose last what it came to. */
export async function differencePage(
  context: Pick<ApiContext, 'reconciliations'>,
  result: string,
  cursor: string | undefined,
  limit: number,
) {
  const from = cursor === undefined ? 1 : Number(cursor);
  if (!Number.isSafeInteger(from) || from < 1) throw new Problem('CURSOR_INVALID');
  const some = await resultLines(context, result, from, limit + 1);
  const items = some.map((line) => JSON.parse(line) as unknown).filter(isDifference);
  const isMore = items.length > limit;
  return { items: items.slice(0, limit), ...(isMore && { next: String(from + limit) }) };
}

function isDifference(line: unknown): line is z.infer<typeof differenceSchema> {
  return typeof line === 'object' && line !== null && 'differs' in line;
}

/** Lines of a kept result. @throws Problem RECONCILIATION_NOT_FOUND where this gateway does not keep it. */
export async function resultLines(
  { reconciliations }: Pick<ApiContext, 'reconciliations'>,
  result: string,
  from: number,
  most: number,
): Promise<readonly string[]> {
  const some = await reconciliations.lines(result, from, most);
  if (some === undefined) throw new Problem('RECONCILIATION_NOT_FOUND');
  return some;
}
