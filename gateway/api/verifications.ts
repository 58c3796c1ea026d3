import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepQuestion } from './keep-question.js';
import { verificationEntrySchema } from './verification-log.js';
import { wholeNumber } from './shared-schemas.js';

/** Does this document exist, do these particulars match, what is left. */
export function verificationEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits, verifications } = context;
  return [
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
          schema: outputSchemas.verifyDocument.omit({ proof: true }),
        },
      },
      handle: async ({ body, caller }) => {
        context.questions.assertLeft(caller);
        const { proof, ...said } = await ledger.evaluate(caller.signatory, 'verifyDocument', body);
        await keepQuestion(context, caller, 'verification', body.document, said.result);
        if (proof !== undefined) await context.proofs.keep(body.document, body.particulars.enterprise, proof);
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
