import { inputSchemas, outputSchemas, partySchemes } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { transactionId } from './shared-schemas.js';

/** The regulator's directory: which registered ids are one firm. */
export function firmEndpoints({ ledger }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/firms',
      tag: 'registry',
      summary: 'State that several registered ids are one firm',
      access: 'stateFirm',
      writes: true,
      body: inputSchemas.stateFirm,
      answers: {
        201: {
          description: 'Stated',
          schema: z.strictObject({ ...outputSchemas.stateFirm.shape, ...transactionId }),
        },
      },
      handle: async ({ body, caller }) => {
        return created(await ledger.submit(caller.signatory, 'stateFirm', body));
      },
    }),
    endpoint({
      method: 'get',
      path: '/firms',
      tag: 'registry',
      summary: 'Every registered id of the firm that has this one',
      access: 'readFirm',
      query: z.strictObject({ scheme: z.enum(partySchemes), id: z.string().max(64) }),
      answers: { 200: { description: 'The firm', schema: outputSchemas.readFirm } },
      handle: async ({ query, caller }) => ({
        status: 200,
        body: await ledger.evaluate(caller.signatory, 'readFirm', { id: query }),
      }),
    }),
    endpoint({
      method: 'post',
      path: '/firms/links',
      tag: 'registry',
      summary: 'Link documents anew whose sellers have become one firm since they were recorded',
      access: 'relinkFacts',
      writes: true,
      body: inputSchemas.relinkFacts,
      answers: {
        201: {
          description: 'Linked',
          schema: z.strictObject({ ...outputSchemas.relinkFacts.shape, ...transactionId }),
        },
      },
      handle: async ({ body, caller }) => {
        return created(await ledger.submit(caller.signatory, 'relinkFacts', body));
      },
    }),
  ];
}
