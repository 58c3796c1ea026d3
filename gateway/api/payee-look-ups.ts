import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** Whom the debtor of an invoice has to pay. */
export function payeeEndpoints({ ledger, limits, verifications, log }: ApiContext): Endpoint[] {
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
        const output = await ledger.evaluate(caller.signatory, 'lookUpPayee', body);
        const person = caller.session.person.id;
        await verifications.add({
          at: new Date().toISOString(),
          person,
          question: 'payee',
          document: body.document,
          result: output.result,
        });
        log.info({ person, type: body.document.type, result: output.result }, 'payee looked up');
        return { status: 200, body: output };
      },
    }),
  ];
}
