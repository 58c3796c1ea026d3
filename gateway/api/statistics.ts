import { productSchema } from '@pledgeonce/chaincode/api.js';
import { paymentPurposeSchema } from '@pledgeonce/chaincode/payments/api.js';
import { z } from 'zod';
import { paymentStatisticsRowSchema } from '../projection/payment-statistics.js';
import { priceStatisticsRowSchema } from '../projection/price-statistics.js';
import { statisticsRowSchema } from '../projection/statistics.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { page, pageOf, wholeNumber } from './shared-schemas.js';
import { paymentStatisticsTable, priceStatisticsTable, statisticsTable } from './tables.js';

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM.')
  .optional();

const filter = {
  from: month,
  to: month,
  bank: z.string().max(64).optional(),
  currency: z.string().max(16).optional(),
  cursor: page.cursor,
  limit: wholeNumber(1, 1000).default(500),
};

/** Sums over what the organisation's own peer has: for a bank its own, for the regulator everybody's. */
export function statisticsEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics',
      tag: 'audit',
      summary: 'Claims by month, bank, product, state and currency',
      access: 'readClaim',
      query: z.strictObject({ ...filter, product: productSchema.optional() }),
      csv: statisticsTable,
      answers: { 200: { description: 'Totals', schema: pageOf(statisticsRowSchema) } },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.statistics(query) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/statistics/prices',
      tag: 'audit',
      summary:
        'What accepted claims cost, by month, bank, product, band of the interest rate, outlet and currency',
      access: 'readClaim',
      query: z.strictObject({
        ...filter,
        product: productSchema.optional(),
        outlet: z.string().max(20).optional(),
      }),
      csv: priceStatisticsTable,
      answers: { 200: { description: 'Totals', schema: pageOf(priceStatisticsRowSchema) } },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.priceStatistics(query) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/statistics/payments',
      tag: 'audit',
      summary: 'Payments abroad by month, bank, purpose, state and currency',
      access: 'readPayment',
      query: z.strictObject({ ...filter, purpose: paymentPurposeSchema.optional() }),
      csv: paymentStatisticsTable,
      answers: { 200: { description: 'Totals', schema: pageOf(paymentStatisticsRowSchema) } },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.paymentStatistics(query) };
      },
    }),
  ];
}
