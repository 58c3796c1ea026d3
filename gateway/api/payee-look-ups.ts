import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepQuestion } from './keep-question.js';

/** Whom the debtor of an invoice has to pay. */
export function payeeEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits } = context;
  return [
    endpoint({
      method: 'post',
      path: '/payee-look-ups',
      tag: 'verifications',
      summary: 'Ask who the registered payee of an invoice is; a bank is named once the debtor was notified',
      access: 'lookUpPayee',
      // It answers whoever knows an invoice, so guessing is slowed down and kept like that of a bank.
      perMinute: limits.verificationsPerMinute,
      body: inputSchemas.lookUpPayee,
      answers: { 200: { description: 'What the registry says', schema: outputSchemas.lookUpPayee } },
      handle: async ({ body, caller }) => {
        context.questions.assertLeft(caller);
        const output = await ledger.evaluate(caller.signatory, 'lookUpPayee', body);
        await keepQuestion(context, caller, 'payee', body.document, output.result);
        return { status: 200, body: output };
      },
    }),
  ];
}
