import { alreadyDone, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { isWaiting, reverse } from './reverse.js';
import { loadPayment } from './store.js';
import { paymentView } from './view.js';

/**
 * A second person confirms the reversal that waits: it is carried out on what the ledger says now.
 *
 * @throws LedgerError PAYMENT_NOT_FOUND, STEP_NOT_AWAITING, FOUR_EYES.
 */
export const confirmPaymentStep: Verb<'confirmPaymentStep'> = async (call, command) => {
  const { work, caller, now } = call;
  const payment = await loadPayment(work, caller.mspId, command.id);
  const request = requestOf('confirmPaymentStep', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  const { awaiting } = payment;
  if (awaiting === undefined || !isWaiting(payment, now)) {
    throw new LedgerError('STEP_NOT_AWAITING', { field: 'id' });
  }
  if (awaiting.proposedBy.id === caller.person) throw new LedgerError('FOUR_EYES');
  return paymentView(await reverse(call, payment, awaiting.reason, request));
};
