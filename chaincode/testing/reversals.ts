import type { FakeLedger, Person } from './fake-ledger.js';
import { freshKey, people } from './story.js';

/** One person of a bank proposes to take a payment back, the other confirms; returns what the confirmation did. */
export async function takeBack(
  ledger: FakeLedger,
  id: string,
  [proposer, confirmer]: readonly [Person, Person] = [people.bankA, people.approverA],
) {
  await ledger.submit('reversePayment', proposer, {
    id,
    idempotencyKey: freshKey(),
    reason: 'returned by the correspondent',
  });
  return ledger.submit('confirmPaymentStep', confirmer, { id, idempotencyKey: freshKey() });
}
