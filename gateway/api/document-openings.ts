import { paymentInputs, paymentOutputs } from '@pledgeonce/chaincode/payments/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepQuestion } from './keep-question.js';

/** Documents with a check code are shown only to the bank whose customer has handed it over. */
export function documentOpeningEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits } = context;
  return [
    endpoint({
      method: 'post',
      path: '/document-openings',
      tag: 'payments',
      summary: 'Open a document with its check code; a wrong code shows nothing and is counted by the ledger',
      access: 'openDocument',
      writes: true,
      perMinute: limits.openingsPerMinute,
      body: paymentInputs.openDocument.omit({ idempotencyKey: true }),
      answers: {
        200: {
          description: 'The document, or how many attempts are left',
          schema: paymentOutputs.readOpening,
        },
      },
      handle: async ({ body, key, caller }) => {
        context.questions.assertLeft(caller);
        const input = { ...body, idempotencyKey: key };
        const { output: opening } = await ledger.submit(caller.signatory, 'openDocument', input);
        const output = await ledger.evaluate(caller.signatory, 'readOpening', opening);
        await keepQuestion(context, caller, 'opening', body.document, output.result);
        return { status: 200, body: output };
      },
    }),
  ];
}
