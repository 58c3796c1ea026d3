import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { AskingPace } from './http/asking-pace.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { verificationBatchEndpoint } from './verification-batch.js';
import { verificationEntrySchema } from './verification-log.js';
import { askAboutDocument } from './verify-document.js';
import { wholeNumber } from './shared-schemas.js';

/** Does this document exist, do these particulars match, what is left. */
export function verificationEndpoints(context: ApiContext): Endpoint[] {
  const { limits, verifications } = context;
  const pace = new AskingPace(limits.verificationsPerMinute);
  return [
    verificationBatchEndpoint(context, pace),
    endpoint({
      method: 'post',
      path: '/verifications',
      tag: 'verifications',
      summary: 'Verify a document',
      access: 'verifyDocument',
      perMinute: limits.verificationsPerMinute,
      body: inputSchemas.verifyDocument,
      answers: {
        200: {
          description: 'What the registry says',
          schema: outputSchemas.verifyDocument.omit({ proof: true, asked: true }),
        },
      },
      handle: async ({ body, caller }) => {
        pace.take(caller, 1);
        const { said } = await askAboutDocument(context, caller, body);
        return { status: 200, body: said };
      },
    }),
    endpoint({
      method: 'get',
      path: '/verifications',
      tag: 'verifications',
      summary: 'Who verified what, the latest first',
      access: { roles: ['auditor'] },
      query: z.strictObject({ limit: wholeNumber(1, 1000).default(100) }),
      answers: {
        200: { description: 'Entries', schema: z.strictObject({ items: z.array(verificationEntrySchema) }) },
      },
      handle: async ({ query }) => ({
        status: 200,
        body: { items: await verifications.latest(query.limit) },
      }),
    }),
  ];
}
