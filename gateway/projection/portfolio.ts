import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { dateOf, dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { z } from 'zod';
import { liveStates } from './claim-sums.js';
import type { Database } from './database.js';
import { bankPaymentsSchema, paymentsOfBank } from './payment-statistics.js';

/** Enterprises that are named one by one for each currency, the largest first. */
const mostEnterprises = 20;

/** When the outstanding amounts fall due, counted from the day of the report. */
const dueBuckets = ['overdue', 'within-30-days', 'within-90-days', 'within-180-days', 'later'] as const;
const bucketDays = [30, 90, 180];

const totals = {
  currency: z.string(),
  claims: z.number().int(),
  amount: moneySchema,
  outstanding: moneySchema,
};

/** What one bank has at stake, and what it has paid abroad. Amounts of different currencies are never added. */
export const portfolioSchema = z.strictObject({
  bank: z.string(),
  /** The day from which the due dates are counted. */
  asOf: z.string(),
  /** Number of blocks that are in it. */
  height: z.number().int(),
  totals: z.array(z.strictObject(totals)),
  byState: z.array(z.strictObject({ state: z.string(), product: z.string(), ...totals })),
  byDueDate: z.array(z.strictObject({ due: z.enum(dueBuckets), ...totals })),
  /** The enterprises that owe most in each currency. */
  concentration: z.array(
    z.strictObject({
      enterprise: z.string(),
      ...totals,
      /** Of all that is outstanding in the currency, in per cent. */
      share: z.string(),
    }),
  ),
  /** All payments that it has marked, whenever. */
  payments: z.array(bankPaymentsSchema),
});
export type Portfolio = z.infer<typeof portfolioSchema>;

const sumsSchema = z.object({
  currency: z.string(),
  claims: z.number(),
  amount: z.coerce.bigint(),
  outstanding: z.coerce.bigint(),
});
type Sums = z.infer<typeof sumsSchema>;

/** As text a sum of 64 bits is exact. */
const sums = `currency, SUM(count) AS claims, CAST(SUM(amount) AS TEXT) AS amount,
  CAST(SUM(outstanding) AS TEXT) AS outstanding`;

/**
 * From sums that are kept, not from the claims.
 *
 * @param names the bank, and under which other names it has inherited claims.
 * @param asOf YYYY-MM-DD
 */
export function portfolio(
  database: Database,
  names: readonly string[],
  asOf: string,
  height: number,
): Portfolio {
  const owners = JSON.stringify(names);
  const read = <T extends z.ZodRawShape>(shape: T, sql: string, values: readonly string[] = []) =>
    z.array(sumsSchema.extend(shape)).parse(database.all(sql, [...values, owners]));
  const whole = read(
    {},
    `SELECT ${sums} FROM due_sums WHERE owner IN (SELECT value FROM json_each(?)) GROUP BY currency ORDER BY currency`,
  );
  return {
    bank: names[0] ?? '',
    asOf,
    height,
    totals: whole.map(shown),
    byState: read(
      { state: z.string(), product: z.string() },
      `SELECT state, product, ${sums} FROM claim_sums WHERE owner IN (SELECT value FROM json_each(?)) AND state IN ${liveStates}
         GROUP BY state, product, currency ORDER BY state, product, currency`,
    ).map(({ state, product, ...rest }) => ({ state, product, ...shown(rest) })),
    byDueDate: read(
      { bucket: z.number() },
      `SELECT CASE WHEN due_date < ? THEN 0 ${bucketDays.map((_, index) => `WHEN due_date <= ? THEN ${index + 1}`).join(' ')}
        ELSE ${bucketDays.length + 1} END AS bucket, ${sums} FROM due_sums WHERE owner IN (SELECT value FROM json_each(?))
        GROUP BY bucket, currency ORDER BY bucket, currency`,
      [asOf, ...bucketDays.map((days) => dateOf((dayNumber(asOf) + days) * 86_400_000))],
    ).map(({ bucket, ...rest }) => ({ due: dueBuckets[bucket] ?? 'later', ...shown(rest) })),
    concentration: whole.flatMap(({ currency, outstanding }) =>
      largest(database, names, currency).map(({ enterprise, ...rest }) => ({
        enterprise,
        ...shown(rest),
        share: percent(rest.outstanding, outstanding),
      })),
    ),
    payments: paymentsOfBank(database, owners),
  };
}

/** The enterprises that owe most in one currency: amounts of different currencies are not compared. */
function largest(database: Database, names: readonly string[], currency: string) {
  const text = (column: string) => `CAST(${column} AS TEXT)`;
  const sum = (column: string) => `SUM(enterprise_sums.${column})`;
  // Under one name the index has them by size; what was inherited has to be added up first.
  const sql =
    names.length === 1
      ? `SELECT enterprise, currency, count AS claims, ${text('amount')} AS amount, ${text('outstanding')} AS outstanding
           FROM enterprise_sums WHERE owner = ? AND currency = ? ORDER BY enterprise_sums.outstanding DESC, enterprise`
      : `SELECT enterprise, currency, ${sum('count')} AS claims, ${text(sum('amount'))} AS amount,
           ${text(sum('outstanding'))} AS outstanding FROM enterprise_sums
           WHERE owner IN (SELECT value FROM json_each(?)) AND currency = ?
           GROUP BY enterprise ORDER BY ${sum('outstanding')} DESC, enterprise`;
  const whose = names.length === 1 ? (names[0] ?? '') : JSON.stringify(names);
  return z
    .array(sumsSchema.extend({ enterprise: z.string() }))
    .parse(database.all(`${sql} LIMIT ${mostEnterprises}`, [whose, currency]));
}

function shown({ currency, claims, amount, outstanding }: Sums) {
  return {
    currency,
    claims,
    amount: formatMoney(amount, currency),
    outstanding: formatMoney(outstanding, currency),
  };
}

/** With two decimals, rounded down. */
function percent(part: bigint, whole: bigint): string {
  if (whole === 0n) return '0.00';
  const digits = ((part * 10_000n) / whole).toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
