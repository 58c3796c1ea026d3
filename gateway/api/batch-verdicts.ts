import type { ClaimInput } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { OutcomeUnknownError } from '../ledger/errors.js';
import type { Operations } from '../ledger/operations.js';
import type { Answer, Caller } from './endpoint.js';
import { problemSchema, toProblem } from './problem.js';

const refused = z.strictObject({
  index: z.number().int(),
  status: z.literal('refused'),
  problem: problemSchema,
});
const pending = z.strictObject({
  index: z.number().int(),
  status: z.literal('pending'),
  operation: z.strictObject({ transactionId: z.string(), status: z.literal('pending') }),
});

/** What may become of an item of a batch that is not on the ledger, whatever the item is. */
export const unplacedVerdicts = [refused, pending] as const;
export type UnplacedVerdict = z.infer<(typeof unplacedVerdicts)[number]>;

/** The caller at work on one item: a repetition of the request meets what was sent for it, whatever became of the others. */
export function partOf({ session, signatory }: Caller, index: number): Caller {
  return { session, signatory: signatory.part(String(index)) };
}

/** The verdict on an item that failed; an unknown outcome is no refusal, and can be asked for. */
export async function unplaced(
  operations: Pick<Operations, 'remember'>,
  { session }: Caller,
  index: number,
  error: unknown,
): Promise<UnplacedVerdict> {
  if (!(error instanceof OutcomeUnknownError)) {
    return { index, status: 'refused', problem: toProblem(error).toJSON() };
  }
  const { transactionId, expected } = error;
  const startedAt = new Date().toISOString();
  await operations.remember({ transactionId, person: session.person.id, startedAt, expected });
  return { index, status: 'pending', operation: { transactionId, status: 'pending' } };
}

/** The answer to a batch; while an item is pending, a repetition of the request asks again. */
export function batchAnswer(items: readonly { readonly status: string }[]): Answer {
  return { status: 200, body: { items }, isOpen: items.some(({ status }) => status === 'pending') };
}

/** Good enough to keep two draws on one document apart; the ledger decides what is the same document. */
export function documentsOf({
  lines,
  cover = [],
  collateral = [],
}: Pick<ClaimInput, 'lines' | 'cover' | 'collateral'>): string[] {
  return [...lines, ...cover, ...collateral].map(
    ({ document }) => `${document.type}/${document.number.replace(/\s/g, '').toUpperCase()}`,
  );
}
