import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { statisticsRowSchema } from '../projection/statistics.js';

export function statisticsEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics',
      tag: 'audit',
      summary: 'Claims by month, bank, product and currency',
      access: 'readClaim',
      query: z.object({
        from: z
          .string()
          .regex(/^\d{4}-\d{2}$/)
          .optional(),
        to: z
          .string()
          .regex(/^\d{4}-\d{2}$/)
          .optional(),
      }),
      answers: {
        200: { description: 'Totals', schema: z.strictObject({ items: z.array(statisticsRowSchema) }) },
      },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: { items: projection.statistics(query) } };
      },
    }),
  ];
}
