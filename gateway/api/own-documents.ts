import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** An enterprise's own documents, as the registry holds them against everybody. */
export function ownDocumentEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits, questions } = context;
  return [
    endpoint({
      method: 'post',
      path: '/own-documents/look-up',
      tag: 'documents',
      summary: 'What is left of one’s own document, and which banks hold claims and payments on its trade',
      access: 'readOwnDocument',
      perMinute: limits.verificationsPerMinute,
      body: inputSchemas.readOwnDocument,
      answers: { 200: { description: 'The document', schema: outputSchemas.readOwnDocument } },
      handle: async ({ body, caller }) => {
        questions.assertLeft(caller);
        try {
          return { status: 200, body: await ledger.evaluate(caller.signatory, 'readOwnDocument', body) };
        } catch (error) {
          // Whoever tries numbers that are not theirs is slowed down like anybody who guesses.
          if (error instanceof LedgerError && error.code === 'FACT_NOT_FOUND') questions.missed(caller);
          throw error;
        }
      },
    }),
  ];
}
