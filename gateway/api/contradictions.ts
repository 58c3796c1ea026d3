import { z } from 'zod';
import { contradictionSchema } from '../ledger/answers/contradictions.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { wholeNumber } from './shared-schemas.js';

/** Which nodes said otherwise than two others, with the signed answers. */
export function contradictionEndpoints({ contradictions }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/nodes/contradictions',
      tag: 'nodes',
      summary: 'Nodes that contradicted two others, the latest first',
      access: { roles: ['auditor', 'admin'] },
      query: z.strictObject({ limit: wholeNumber(1, 100).default(20) }),
      answers: {
        200: {
          description: 'What each node said, with its signature',
          schema: z.strictObject({ items: z.array(contradictionSchema) }),
        },
      },
      handle: async ({ query }) => ({
        status: 200,
        body: { items: await contradictions.latest(query.limit) },
      }),
    }),
  ];
}
