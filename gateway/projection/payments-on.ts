import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { paymentPurposeSchema, paymentStateSchema } from '@pledgeonce/chaincode/payments/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { z } from 'zod';
import type { Database } from './database.js';

/** Payments that are named for one document. */
const mostPayments = 20;

export const paymentOnSchema = z.strictObject({
  id: z.string(),
  bank: z.string(),
  purpose: paymentPurposeSchema,
  /** As of the height. */
  state: paymentStateSchema,
  amount: moneySchema,
  /** Block in which the state was reached. */
  block: z.number().int(),
});

const rowSchema = z.object({
  id: z.string(),
  owner: z.string(),
  purpose: paymentPurposeSchema,
  state: paymentStateSchema,
  currency: z.string(),
  amount: z.coerce.bigint(),
  block: z.number(),
});

/** Every payment that names the document, in the state of the height, the first first. */
export function paymentsOn(
  database: Database,
  fact: string,
  height: number,
): z.infer<typeof paymentOnSchema>[] {
  return z
    .array(rowSchema)
    .parse(
      database.all(
        `SELECT p.id, p.owner, p.purpose, p.currency, CAST(p.amount AS TEXT) AS amount, v.state, t.block
         FROM payment_lines l
           JOIN payment_amounts p ON p.id = l.payment
           JOIN payment_versions v ON v.id = p.id
           JOIN transactions t ON t.tx_id = v.tx_id
         WHERE l.fact = ? AND v.seq = (SELECT MAX(w.seq) FROM payment_versions w
           JOIN transactions u ON u.tx_id = w.tx_id WHERE w.id = p.id AND u.block < ?)
         ORDER BY t.block, t.position, p.id LIMIT ${mostPayments}`,
        [fact, height],
      ),
    )
    .map(({ owner, currency, amount, ...rest }) => ({
      ...rest,
      bank: owner,
      amount: formatMoney(amount, currency),
    }));
}

/**
 * Whether a payment stands on a document.
 *
 * @param before a document: only what was paid before that one was first recorded counts.
 */
export function isPaidOn(database: Database, fact: string, before?: string): boolean {
  const earlier =
    before === undefined
      ? ''
      : 'AND (t.block, t.position) < (SELECT d.block, d.position FROM documents d WHERE d.fact = ?)';
  return (
    database.get(
      `SELECT 1 FROM payment_lines l
         JOIN payment_amounts p ON p.id = l.payment AND p.state = 'marked'
         JOIN payment_versions v ON v.id = p.id AND v.seq = 1
         JOIN transactions t ON t.tx_id = v.tx_id
       WHERE l.fact = ? ${earlier} LIMIT 1`,
      before === undefined ? [fact] : [fact, before],
    ) !== null
  );
}
