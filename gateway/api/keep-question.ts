import type { DocumentReference } from '@pledgeonce/chaincode/schemas.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import type { VerificationEntry } from './verification-log.js';

/** How the log names a question. */
const said = {
  verification: 'document verified',
  opening: 'document opening',
  payee: 'payee looked up',
} as const satisfies Record<NonNullable<VerificationEntry['question']>, string>;

/**
 * Keeps who asked what of which document, before the answer leaves: nobody learns anything that is not on record. Who
 * reads the program's log must not be able to ask it again, so that names neither number nor check code.
 */
export async function keepQuestion(
  { verifications, log }: Pick<ApiContext, 'verifications' | 'log'>,
  { session }: Caller,
  question: keyof typeof said,
  { type, number }: Pick<DocumentReference, 'type' | 'number'>,
  result: string,
): Promise<void> {
  const person = session.person.id;
  const at = new Date().toISOString();
  await verifications.add({ at, person, question, document: { type, number }, result });
  log.info({ person, type, result }, said[question]);
}
