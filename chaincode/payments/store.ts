import { LedgerError } from '../errors.js';
import { type Payment, paymentVersions } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { portalsOf } from '../rules/accounts.js';

/** Writes a version of a payment: the bank's record under a key of its own, the payer's copy, and the public line. */
export function writePayment(work: UnitOfWork, payment: Payment): void {
  const holders = [payment.owner, ...portalsOf(payment.account, work.places)];
  paymentVersions.write(work, payment, holders, (holder) =>
    holder === payment.owner ? payment : copyForPayer(payment),
  );
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

/** What the payer may know: all but who of the bank did it, what they only consider, and what only the ledger needs. */
function copyForPayer({
  marks: _marks,
  heldAgainst: _heldAgainst,
  awaiting: _awaiting,
  returned: _returned,
  ...payment
}: Payment): Payment {
  return { ...payment, by: { mspId: payment.owner, id: '' }, requests: [] };
}
