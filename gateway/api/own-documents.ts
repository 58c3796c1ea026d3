import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { asking } from './keep-question.js';

/** An enterprise's own documents, as the registry holds them against everybody. */
export function ownDocumentEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits } = context;
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
        // Whoever tries numbers that are not theirs is slowed down, and kept, like anybody who guesses.
        const output = await asking(context, caller, 'own', body.document, () =>
          ledger.evaluate(caller.signatory, 'readOwnDocument', body),
        );
        return { status: 200, body: output };
      },
    }),
  ];
}
