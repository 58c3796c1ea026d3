import { LedgerError } from '../errors.js';
import { type Payment, paymentAt, publicPaymentAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/** Writes a version of a payment: the private record under a key of its own, and the public line. */
export function writePayment(work: UnitOfWork, payment: Payment): void {
  const { owner, id, seq, state } = payment;
  work.write(paymentAt(owner, id, seq), payment);
  work.write(publicPaymentAt(id), { state, seq });
  work.changed({ kind: 'payment', id, state, seq });
}

/**
 * The latest version of an organisation's payment.
 *
 * @throws LedgerError PAYMENT_NOT_FOUND, also when the payment is another organisation's.
 */
export async function loadPayment(work: UnitOfWork, owner: string, id: string): Promise<Payment> {
  const line = await work.read(publicPaymentAt(id));
  const payment = line && (await work.read(paymentAt(owner, id, line.seq)));
  if (payment === undefined) throw new LedgerError('PAYMENT_NOT_FOUND', { field: 'id' });
  return payment;
}
