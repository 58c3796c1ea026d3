import {
  factStatusSchema,
  factTypes,
  inputSchemas,
  limits,
  outputSchemas,
} from '@pledgeonce/chaincode/api.js';
import type { Output } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { asking } from './keep-question.js';
import { ownView } from './own-view.js';
import { lookedFor, page, pageOf, wholeNumber } from './shared-schemas.js';

/** An enterprise's own documents, as the registry holds them against everybody. */
export function ownDocumentEndpoints(context: ApiContext): Endpoint[] {
  return [lookUp, list].map((make) => make(context));
}

function lookUp(context: ApiContext): Endpoint {
  const { ledger, limits: pace } = context;
  return endpoint({
    method: 'post',
    path: '/own-documents/look-up',
    tag: 'documents',
    summary: 'What is left of one’s own document, and which banks hold claims and payments on its trade',
    access: 'readOwnDocument',
    perMinute: pace.verificationsPerMinute,
    body: inputSchemas.readOwnDocument,
    answers: { 200: { description: 'The document', schema: outputSchemas.readOwnDocument } },
    handle: async ({ body, caller }) => {
      // Whoever tries numbers that are not theirs is slowed down, and kept, like anybody who guesses.
      const output = await asking(context, caller, 'own', body.document, () =>
        ledger.evaluate(caller.signatory, 'readOwnDocument', body),
      );
      return { status: 200, body: output };
    },
  });
}

function list({ ledger, projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/own-documents',
    tag: 'documents',
    summary:
      'The own enterprise’s documents, whoever recorded them, with what is left and drawn; the latest first',
    access: 'readOwnDocuments',
    query: z.strictObject({
      type: z.enum(factTypes).optional(),
      status: factStatusSchema.optional(),
      /** A number, in any spelling. */
      document: lookedFor,
      cursor: page.cursor,
      limit: wholeNumber(1, limits.ownDocumentsPerReading).default(20),
    }),
    answers: { 200: { description: 'A page', schema: pageOf(outputSchemas.readOwnDocument) } },
    handle: async ({ query: { type, status, ...query }, caller }) => {
      await follower.caughtUp();
      const filter = { ...query, category: type, state: status, ...ownView(caller) };
      const { items, ...more } = projection.ownDocuments.list(filter);
      const ids = items.map(({ id }) => id);
      const { documents } = await ledger.evaluate(caller.signatory, 'readOwnDocuments', { ids });
      const own = documents.filter((one): one is Output<'readOwnDocument'> => one !== null);
      return { status: 200, body: { items: own, ...more } };
    },
  });
}
