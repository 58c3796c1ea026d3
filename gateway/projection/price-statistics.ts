import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { formatRate } from '@pledgeonce/chaincode/rules/price.js';
import { z } from 'zod';
import { Conditions } from './conditions.js';
import type { Database } from './database.js';
import { pageOfGroups } from './page-of-groups.js';
import type { StatisticsFilter } from './statistics.js';

/** How claims of which the price was not stated are named among the bands. */
export const unpriced = 'not-stated';

export const priceStatisticsRowSchema = z.strictObject({
  /** YYYY-MM in which the claims were reserved. */
  month: z.string(),
  owner: z.string(),
  product: z.string(),
  /** Whole per cent: `2-3` is from 2 to below 3. */
  rateBand: z.string(),
  outlet: z.string().optional(),
  claims: z.number().int(),
  /** In per cent by the year, each claim counted once. */
  averageRate: z.string().optional(),
  averageAllIn: z.string().optional(),
  amount: moneySchema,
  outstanding: moneySchema,
});
export type PriceStatisticsRow = z.infer<typeof priceStatisticsRowSchema>;

const rowSchema = z.object({
  month: z.string(),
  owner: z.string(),
  product: z.string(),
  rateBand: z.string(),
  outlet: z.string(),
  currency: z.string(),
  claims: z.coerce.number(),
  amount: z.coerce.bigint(),
  outstanding: z.coerce.bigint(),
  rate: z.coerce.bigint(),
  allIn: z.coerce.bigint(),
});

/**
 * What accepted claims cost, by month, bank, product, band of the interest rate, outlet and currency: whether it is "about
 * 2 %" that small firms pay.
 */
export function priceStatistics(
  database: Database,
  filter: StatisticsFilter & { readonly outlet?: string | undefined },
): { items: PriceStatisticsRow[]; next?: string } {
  const { from, to, bank, product, currency, outlet, cursor, limit } = filter;
  const where = new Conditions()
    .atLeast('month', from)
    .atMost('month', to)
    .equal('owner', bank)
    .equal('product', product)
    .equal('outlet', outlet)
    .equal('currency', currency);
  const order = 'month, owner, product, rate_band, outlet, currency';
  return pageOfGroups({ cursor, limit }, (some) =>
    z
      .array(rowSchema)
      .parse(
        database.all(
          `SELECT month, owner, product, rate_band AS rateBand, outlet, currency, count AS claims,
               CAST(amount AS TEXT) AS amount, CAST(outstanding AS TEXT) AS outstanding,
               CAST(rate AS TEXT) AS rate, CAST(all_in AS TEXT) AS allIn
             FROM price_sums ${where.sql} ORDER BY ${order} ${some}`,
          where.values,
        ),
      )
      .map(shown),
  );
}

function shown({
  currency,
  amount,
  outstanding,
  rate,
  allIn,
  outlet,
  ...rest
}: z.infer<typeof rowSchema>): PriceStatisticsRow {
  const average = (sum: bigint) => formatRate(sum / BigInt(Math.max(rest.claims, 1)));
  return {
    ...rest,
    ...(outlet !== '' && { outlet }),
    ...(rest.rateBand !== unpriced && { averageRate: average(rate), averageAllIn: average(allIn) }),
    amount: formatMoney(amount, currency),
    outstanding: formatMoney(outstanding, currency),
  };
}
