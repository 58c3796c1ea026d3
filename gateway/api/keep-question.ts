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
  loan: 'loan applied for',
} as const satisfies Record<NonNullable<VerificationEntry['question']>, string>;

/** Answers that a guess gets. */
const misses: ReadonlySet<string> = new Set([
  'not-found',
  'mismatch',
  'no-match',
  'refused',
  'not-covered',
  'NOT_VERIFIED',
]);

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
  if (misses.has(result)) questions.missed(caller);
  const person = caller.session.person.id;
  const at = new Date().toISOString();
  await verifications.add({ at, person, question, document: { type, number }, result });
  log.info({ person, type, result }, said[question]);
}

/** Keeps which documents a claim named in vain, and what was said of each. */
export async function keepRefusedClaim(
  context: Pick<ApiContext, 'verifications' | 'questions' | 'log'>,
  caller: Caller,
  claim: Pick<ClaimInput, 'lines' | 'cover' | 'collateral'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof LedgerError)) return;
  for (const { list, line, code } of error.body.lines ?? []) {
    const document = claim[list]?.[line]?.document;
    if (document !== undefined) await keepQuestion(context, caller, 'claim', document, code);
  }
}
