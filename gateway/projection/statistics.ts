import type { Database } from './database.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';

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
  { from = '0000-00', to = '9999-99' }: { from?: string | undefined; to?: string | undefined },
): StatisticsRow[] {
  const rows = database.all(
    `SELECT month, owner, product, state, currency, COUNT(*) AS claims,
       CAST(SUM(amount) AS TEXT) AS amount, CAST(SUM(outstanding) AS TEXT) AS outstanding
     FROM claims WHERE month BETWEEN ? AND ?
     GROUP BY month, owner, product, state, currency ORDER BY month, owner, product, state, currency`,
    [from, to],
  );
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ currency, amount, outstanding, ...rest }) => ({
      ...rest,
      amount: formatMoney(amount, currency),
      outstanding: formatMoney(outstanding, currency),
    }));
}
