import { alreadyDone, remember, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { nextVersion } from '../ledger/versions.js';
import { stillWaits, waitsUntil } from '../rules/awaiting.js';
import { instantText } from '../rules/dates.js';
import { giveBack } from './give-back.js';
import type { Payment } from './records.js';
import { loadPayment, writePayment } from './store.js';
import { discountUnfiled } from './structuring.js';
import { paymentView } from './view.js';

/**
 * A payment came back or was marked in error: one person of its bank proposes to take it back, as every entry is taken back
 * (`reversal` in the table of steps), and another one confirms. What could not be taken back now is not proposed either.
 *
 * @throws LedgerError PAYMENT_NOT_FOUND, INVALID_STATE, STEP_AWAITING.
 */
export const reversePayment: Verb<'reversePayment'> = async (call, command) => {
  const { work, caller, now } = call;
  const payment = await loadPayment(work, caller.mspId, command.id);
  const request = requestOf('reversePayment', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.state !== 'marked') {
    throw new LedgerError('INVALID_STATE', { detail: 'The payment has been reversed before.' });
  }
  if (isWaiting(payment, now)) throw new LedgerError('STEP_AWAITING', { field: 'id' });
  const { reason } = command;
  await reverse({ ...call, work: work.part() }, payment, reason, request);
  const by = { mspId: caller.mspId, id: caller.person };
  const next = nextVersion(call, payment, {
    awaiting: {
      reason,
      proposedBy: by,
      proposedAt: instantText(now),
      until: waitsUntil(now),
    },
    returned: undefined,
    by,
    requests: remember(payment, request),
  });
  writePayment(work, next);
  return paymentView(next);
};

/** Whether a reversal waits that has not lapsed; one that has may be proposed again. */
export function isWaiting({ awaiting }: Payment, now: number): boolean {
  return awaiting !== undefined && stillWaits(awaiting.until, now);
}

/** Takes the payment back: its documents have their balance again. */
export async function reverse(
  call: Call,
  payment: Payment,
  reason: string,
  request: ReturnType<typeof requestOf>,
): Promise<Payment> {
  const keys = await fingerprints(call.work);
  const reversed = await giveBack(call, keys, payment, { state: 'reversed', reason, request });
  await discountUnfiled(call, keys, payment);
  return reversed;
}
