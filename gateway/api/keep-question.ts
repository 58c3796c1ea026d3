import type { ClaimInput } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { DocumentReference } from '@pledgeonce/chaincode/schemas.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import type { VerificationEntry } from './verification-log.js';

/** How the log names a question. */
const said = {
  verification: 'document verified',
  opening: 'document opening',
  payee: 'payee looked up',
  check: 'offshore papers checked',
  claim: 'claim refused',
  consent: 'consent to a mark refused',
  assignment: 'assignment refused',
  objection: 'objection refused',
  own: 'own document looked up',
  debt: 'debt not confirmed',
  'take-on': 'book tried',
} as const satisfies Record<NonNullable<VerificationEntry['question']>, string>;

/** Answers that a guess gets. */
const misses: ReadonlySet<string> = new Set([
  'not-found',
  'mismatch',
  'no-match',
  'refused',
  'not-covered',
  'NOT_VERIFIED',
  'FACT_NOT_FOUND',
]);

/** Of these, answers that say that the document is on record, and not as the asker has it. */
const wrongs: ReadonlySet<string> = new Set(['mismatch', 'no-match']);

/**
 * Keeps who asked what of which document, before the answer leaves: nobody learns anything that is not on record. Who
 * reads the program's log must not be able to ask it again, so that names neither number nor check code.
 */
export async function keepQuestion(
  { verifications, questions, log }: Pick<ApiContext, 'verifications' | 'questions' | 'log'>,
  caller: Caller,
  question: keyof typeof said,
  { type, number }: Pick<DocumentReference, 'type' | 'number'>,
  result: string,
): Promise<void> {
  if (misses.has(result)) questions.missed(caller, 1, wrongs.has(result));
  const person = caller.session.person.id;
  const at = new Date().toISOString();
  await verifications.add({ at, person, question, document: { type, number }, result });
  log.info({ person, type, result }, said[question]);
}

/**
 * Does what an enterprise asks for on a document of its own. That it is refused, because the document is not on record so,
 * is an answer too, and counts with the other questions.
 */
export async function asking<T>(
  context: Pick<ApiContext, 'verifications' | 'questions' | 'log'>,
  caller: Caller,
  question: 'consent' | 'assignment' | 'objection' | 'own' | 'debt',
  document: Pick<DocumentReference, 'type' | 'number'>,
  work: () => Promise<T>,
): Promise<T> {
  context.questions.assertLeft(caller);
  try {
    return await work();
  } catch (error) {
    if (error instanceof LedgerError && misses.has(error.code)) {
      await keepQuestion(context, caller, question, document, error.code);
    }
    throw error;
  }
}

/** Keeps which documents a claim named in vain, and what was said of each. */
export async function keepRefusedClaim(
  context: Pick<ApiContext, 'verifications' | 'questions' | 'log'>,
  caller: Caller,
  claim: Pick<ClaimInput, 'lines' | 'cover' | 'collateral'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof LedgerError)) return;
  // Together: what waits for the disk at the same time waits once.
  await Promise.all(
    (error.body.lines ?? []).map(async ({ list, line, code }) => {
      const document = claim[list]?.[line]?.document;
      if (document !== undefined) await keepQuestion(context, caller, 'claim', document, code);
    }),
  );
}
