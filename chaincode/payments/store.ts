import { LedgerError } from '../errors.js';
import { type Payment, paymentVersions } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/** Writes a version of a payment: the private record under a key of its own, and the public line. */
export function writePayment(work: UnitOfWork, payment: Payment): void {
  paymentVersions.write(work, payment, [payment.owner]);
}

/**
 * The latest version of an organisation's payment.
 *
 * @throws LedgerError PAYMENT_NOT_FOUND, also when the payment is another organisation's.
 */
export async function loadPayment(work: UnitOfWork, owner: string, id: string): Promise<Payment> {
  const payment = await paymentVersions.latest(work, owner, id);
  if (payment === undefined) throw new LedgerError('PAYMENT_NOT_FOUND', { field: 'id' });
  return payment;
}
