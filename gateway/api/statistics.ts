import { productSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { statisticsRowSchema } from '../projection/statistics.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { page, pageOf } from './shared-schemas.js';

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM.')
  .optional();

/** Sums over the claims that the organisation's own peer has: for a bank its own, for the regulator all. */
export function statisticsEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics',
      tag: 'audit',
      summary: 'Claims by month, bank, product, state and currency',
      access: 'readClaim',
      query: z.object({
        from: month,
        to: month,
        bank: z.string().max(64).optional(),
        product: productSchema.optional(),
        currency: z.string().max(16).optional(),
        cursor: page.cursor,
        limit: z.coerce.number().int().min(1).max(1000).default(500),
      }),
      answers: { 200: { description: 'Totals', schema: pageOf(statisticsRowSchema) } },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.statistics(query) };
      },
    }),
  ];
}
