import { lineErrorSchema } from '@pledgeonce/chaincode/schemas.js';
import { type TakeOnLine, takeOnLineSchema } from '@pledgeonce/chaincode/take-on/api.js';
import { z } from 'zod';
import type { ApiContext } from '../api/context.js';
import type { Caller } from '../api/endpoint.js';
import { documentsOf } from '../api/batch-verdicts.js';
import { toProblem } from '../api/problem.js';
import { OutcomeUnknownError, SignedOutError } from '../ledger/errors.js';
import type { BookItem } from './read-book.js';
import { sumSchema } from './sums.js';

/** What became of one line of a book. */
export const broughtSchema = z.strictObject({
  index: z.number().int(),
  line: z.number().int(),
  status: z.enum(['taken-on', 'refused', 'pending']),
  reference: z.string().optional(),
  /** The claim that it is. */
  id: z.string().optional(),
  state: z.string().optional(),
  /** How many of its documents wait for their authority. */
  unmatched: z.number().int().optional(),
  /** Absent where the line was on the ledger already. */
  transactionId: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  lines: z.array(lineErrorSchema).optional(),
});
export type Brought = z.infer<typeof broughtSchema>;

/** What stands after the last line. */
export const broughtTotalsSchema = z.strictObject({
  status: z.literal('totals'),
  lines: z.number().int(),
  totals: z.array(sumSchema),
});

/** Whoever brings a book. */
export interface Bringing {
  readonly context: Pick<ApiContext, 'loans' | 'operations'>;
  readonly caller: Caller;
}

/**
 * Brings one line to the ledger. A line is known there by its bank and reference, so that a file is sent again after
 * whatever has cut it short: nothing comes twice.
 */
export async function bringLine(
  { context, caller }: Bringing,
  item: BookItem,
  index: number,
): Promise<Brought> {
  const { line } = item;
  if (!('loan' in item)) return refusal(index, item);
  const named = { index, line, ...referenceOf(item.loan) };
  try {
    const loan = takeOnLineSchema.parse(item.loan);
    const { view, transactionId } = await place({ context, caller }, loan);
    const { id, state, unmatched, unchanged = false } = view;
    const brought = { ...named, status: 'taken-on' as const, id, state, unmatched };
    return unchanged ? brought : { ...brought, transactionId };
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) return { ...named, ...refusedBy(error) };
    const { transactionId, expected } = error;
    const startedAt = new Date().toISOString();
    await context.operations.remember({
      transactionId,
      person: caller.session.person.id,
      startedAt,
      expected,
    });
    return { ...named, status: 'pending', transactionId };
  }
}

function place({ context, caller: { session, signatory } }: Bringing, loan: TakeOnLine) {
  return context.loans.place(session.person.id, signatory, loan, documentsOf(loan));
}

/** The verdict on a line that cannot be read. */
export function refusal(
  index: number,
  { line, code, detail, field }: Extract<BookItem, { code: string }>,
): Brought {
  return { index, line, status: 'refused', code, detail, ...(field !== undefined && { field }) };
}

/** Why a line was not taken on. */
export function refusedBy(error: unknown): Pick<Brought, 'status' | 'code' | 'detail' | 'field' | 'lines'> {
  const { code, message, details } = toProblem(error);
  const detail = error instanceof SignedOutError ? 'You were signed out before this was recorded.' : message;
  return {
    status: 'refused',
    code,
    detail,
    ...(details.field !== undefined && { field: details.field }),
    ...(details.lines !== undefined && { lines: [...details.lines] }),
  };
}

// Made once: a schema of its own for each line would cost more than all else that this gateway does with the line.
const referenceSchema = z.looseObject({ reference: z.string().max(64) });

/** The bank's own number of a line, whether or not the rest of it makes sense. */
export function referenceOf(loan: unknown): { readonly reference?: string } {
  const found = referenceSchema.safeParse(loan);
  return found.success ? { reference: found.data.reference } : {};
}
