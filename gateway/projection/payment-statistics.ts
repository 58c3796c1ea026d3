import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { payment as paymentKind } from '@pledgeonce/chaincode/payments/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { paymentPurposeSchema, paymentStateSchema } from '@pledgeonce/chaincode/payments/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { z } from 'zod';
import { Conditions } from './conditions.js';
import type { Database } from './database.js';
import { keptSumsSql } from './kept-sums.js';
import { pageOfGroups } from './page-of-groups.js';

/** What payments abroad add up to; the records themselves are in the table of views. */
export const paymentTableSql = `
CREATE TABLE payment_amounts (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, state TEXT NOT NULL, seq INTEGER NOT NULL, purpose TEXT NOT NULL,
  currency TEXT NOT NULL, amount INTEGER NOT NULL, month TEXT NOT NULL
) WITHOUT ROWID;
${keptSumsSql('payment', 'payment_amounts', [
  {
    table: 'payment_sums',
    columns: ['owner', 'month', 'purpose', 'state', 'currency'],
    sums: ['amount'],
    counts: () => '1',
  },
])}
CREATE INDEX payment_sums_by_month ON payment_sums (month, owner, purpose, state, currency);
`;

const totals = { payments: z.number().int(), amount: moneySchema };
const group = { purpose: paymentPurposeSchema, state: paymentStateSchema };

export const paymentStatisticsRowSchema = z.strictObject({
  /** YYYY-MM in which the bank paid. */
  month: z.string(),
  owner: z.string(),
  ...group,
  ...totals,
});
export type PaymentStatisticsRow = z.infer<typeof paymentStatisticsRowSchema>;

export interface PaymentStatisticsFilter {
  /** First and last month, YYYY-MM. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly bank?: string | undefined;
  readonly purpose?: string | undefined;
  readonly currency?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Payments of one bank by what they were for; a reversed one is no payment any more and stands for itself. */
export const bankPaymentsSchema = z.strictObject({ ...group, ...totals });

const sumsSchema = z.object({
  ...group,
  currency: z.string(),
  payments: z.coerce.number(),
  amount: z.coerce.bigint(),
});
const sums = 'SUM(count) AS payments, CAST(SUM(amount) AS TEXT) AS amount';

/** Keeps a version unless a later one is there: only the state changes. */
export function applyPaymentVersion(database: Database, stored: string): void {
  const { id, owner, state, seq, purpose, currency, amount, paidOn } = decodeRecord(paymentKind, stored);
  database.run(
    `INSERT INTO payment_amounts VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq
     WHERE excluded.seq > payment_amounts.seq`,
    [id, owner, state, seq, purpose, currency, amount, paidOn.slice(0, 7)],
  );
}

/** Totals by month, bank, purpose, state and currency; amounts of different currencies are never added. */
export function paymentStatistics(
  database: Database,
  { from, to, bank, purpose, currency, cursor, limit }: PaymentStatisticsFilter,
): { items: PaymentStatisticsRow[]; next?: string } {
  const where = new Conditions()
    .atLeast('month', from)
    .atMost('month', to)
    .equal('owner', bank)
    .equal('purpose', purpose)
    .equal('currency', currency);
  return pageOfGroups({ cursor, limit }, (some) =>
    z
      .array(sumsSchema.extend({ month: z.string(), owner: z.string() }))
      .parse(
        database.all(
          `SELECT month, owner, purpose, state, currency, count AS payments, CAST(amount AS TEXT) AS amount
             FROM payment_sums ${where.sql} ORDER BY month, owner, purpose, state, currency ${some}`,
          where.values,
        ),
      )
      .map(shown),
  );
}

/** All that a bank has paid abroad. @param owners its names, as a list in JSON. */
export function paymentsOfBank(database: Database, owners: string): z.infer<typeof bankPaymentsSchema>[] {
  const rows = database.all(
    `SELECT purpose, state, currency, ${sums} FROM payment_sums WHERE owner IN (SELECT value FROM json_each(?))
       GROUP BY purpose, state, currency ORDER BY purpose, state, currency`,
    [owners],
  );
  return z.array(sumsSchema).parse(rows).map(shown);
}

function shown<T extends z.infer<typeof sumsSchema>>({ currency, amount, ...rest }: T) {
  return { ...rest, amount: formatMoney(amount, currency) };
}
