import { claimStates, moneySchema } from '@pledgeonce/chaincode/api.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { dateOf, dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { z } from 'zod';
import type { Database } from './database.js';
import { bankPaymentsSchema, paymentsOfBank } from './payment-statistics.js';

/** A claim that holds something, or on which money is still owed. */
const liveStates = `('${claimStates.filter((state) => !isOver(state)).join("', '")}')`;

/** Enterprises that are named one by one, the largest first. */
const mostEnterprises = 20;

/** When the outstanding amounts fall due, counted from the day of the report. */
export const dueBuckets = [
  'overdue',
  'within-30-days',
  'within-90-days',
  'within-180-days',
  'later',
] as const;
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

/** A sum of more than SQLite's 64 bits is not needed by one bank, and as text it is exact. */
const sums = `currency, COUNT(*) AS claims, CAST(SUM(amount) AS TEXT) AS amount,
  CAST(SUM(outstanding) AS TEXT) AS outstanding`;

/** @param asOf YYYY-MM-DD */
export function portfolio(database: Database, bank: string, asOf: string, height: number): Portfolio {
  const read = <T extends z.ZodRawShape>(shape: T, columns: string, more: string, values: string[] = []) =>
    z
      .array(sumsSchema.extend(shape))
      .parse(
        database.all(
          `SELECT ${columns}${sums} FROM claims WHERE owner = ? AND (state IN ${liveStates} OR outstanding > 0) ${more}`,
          [...values, bank],
        ),
      );
  const whole = read({}, '', 'GROUP BY currency ORDER BY currency');
  const owed = new Map(whole.map(({ currency, outstanding }) => [currency, outstanding]));
  return {
    bank,
    asOf,
    height,
    totals: whole.map(shown),
    byState: read(
      { state: z.string(), product: z.string() },
      'state, product, ',
      'GROUP BY state, product, currency ORDER BY state, product, currency',
    ).map(({ state, product, ...rest }) => ({ state, product, ...shown(rest) })),
    byDueDate: read(
      { bucket: z.number() },
      `CASE WHEN due_date < ? THEN 0 ${bucketDays.map((_, index) => `WHEN due_date <= ? THEN ${index + 1}`).join(' ')}
        ELSE ${bucketDays.length + 1} END AS bucket, `,
      'GROUP BY bucket, currency ORDER BY bucket, currency',
      [asOf, ...bucketDays.map((days) => dateOf((dayNumber(asOf) + days) * 86_400_000))],
    ).map(({ bucket, ...rest }) => ({ due: dueBuckets[bucket] ?? 'later', ...shown(rest) })),
    concentration: read(
      { enterprise: z.string() },
      'enterprise, ',
      `GROUP BY enterprise, currency ORDER BY SUM(outstanding) DESC, enterprise, currency LIMIT ${mostEnterprises}`,
    ).map(({ enterprise, ...rest }) => ({
      enterprise,
      ...shown(rest),
      share: percent(rest.outstanding, owed.get(rest.currency) ?? 0n),
    })),
    payments: paymentsOfBank(database, bank),
  };
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
