import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { z } from 'zod';
import { Conditions } from './conditions.js';
import type { Database } from './database.js';
import { pageOfGroups } from './page-of-groups.js';

export const statisticsRowSchema = z.strictObject({
  /** YYYY-MM in which the claims were reserved. */
  month: z.string(),
  owner: z.string(),
  product: z.string(),
  state: z.string(),
  claims: z.number().int(),
  amount: moneySchema,
  outstanding: moneySchema,
});
export type StatisticsRow = z.infer<typeof statisticsRowSchema>;

export interface StatisticsFilter {
  /** First and last month, YYYY-MM. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly bank?: string | undefined;
  readonly product?: string | undefined;
  readonly currency?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const rowSchema = z.object({
  month: z.string(),
  owner: z.string(),
  product: z.string(),
  state: z.string(),
  currency: z.string(),
  claims: z.coerce.number(),
  amount: z.coerce.bigint(),
  outstanding: z.coerce.bigint(),
});

/** Totals by month, bank, product, state and currency; amounts of different currencies are never added. */
export function statistics(
  database: Database,
  { from, to, bank, product, currency, cursor, limit }: StatisticsFilter,
): { items: StatisticsRow[]; next?: string } {
  const where = new Conditions()
    .atLeast('month', from)
    .atMost('month', to)
    .equal('owner', bank)
    .equal('product', product)
    .equal('currency', currency);
  return pageOfGroups({ cursor, limit }, (some) =>
    z
      .array(rowSchema)
      .parse(
        database.all(
          `SELECT month, owner, product, state, currency, count AS claims,
               CAST(amount AS TEXT) AS amount, CAST(outstanding AS TEXT) AS outstanding
             FROM claim_sums ${where.sql} ORDER BY month, owner, product, state, currency ${some}`,
          where.values,
        ),
      )
      .map(({ currency: unit, amount, outstanding, ...rest }) => ({
        ...rest,
        amount: formatMoney(amount, unit),
        outstanding: formatMoney(outstanding, unit),
      })),
  );
}
