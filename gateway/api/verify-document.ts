import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import type { Receipt } from '../evidence/receipt.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import { keepQuestion } from './keep-question.js';

type Said = Omit<Output<'verifyDocument'>, 'proof' | 'asked'>;

/**
 * Asks the registry about one document; the question is on record before the answer leaves.
 *
 * @returns what it says, and the nodes' signatures on that.
 */
export async function askAboutDocument(
  context: ApiContext,
  caller: Caller,
  asked: Input<'verifyDocument'>,
): Promise<{ said: Said; evidence?: Omit<Receipt['items'][number], 'asked' | 'answered'> }> {
  context.questions.assertLeft(caller);
  const { output, evidence } = await context.ledger.evaluateSigned(caller.signatory, 'verifyDocument', asked);
  const { proof, asked: _, ...said } = output;
  await keepQuestion(context, caller, 'verification', asked.document, said.result);
  if (proof !== undefined) await context.proofs.keep(asked.document, asked.particulars.enterprise, proof);
  return { said, ...(evidence && { evidence }) };
}
