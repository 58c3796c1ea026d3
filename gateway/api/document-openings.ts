import { paymentInputs, paymentOutputs } from '@pledgeonce/chaincode/payments/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** Documents with a check code are shown only to the bank whose customer has handed it over. */
export function documentOpeningEndpoints({ ledger, limits, verifications, log }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/document-openings',
      tag: 'payments',
      summary: 'Open a document with its check code; a wrong code shows nothing and is counted by the ledger',
      access: 'openDocument',
      writes: true,
      perMinute: limits.openingsPerMinute,
      body: paymentInputs.openDocument,
      answers: {
        200: {
          description: 'The document, or how many attempts are left',
          schema: paymentOutputs.openDocument,
        },
      },
      handle: async ({ body, caller }) => {
        const { output } = await ledger.submit(caller.signatory, 'openDocument', body);
        const { type, number } = body.document;
        const person = caller.session.person.id;
        await verifications.add({
          at: new Date().toISOString(),
          person,
          document: { type, number },
          result: output.result,
        });
        // Never the number and never the code: whoever reads the log must not be able to open the document.
        log.info({ person, type, result: output.result }, 'document opening');
        return { status: 200, body: output };
      },
    }),
  ];
}
