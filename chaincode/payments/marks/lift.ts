import { alreadyDone, requestOf } from '../../draws/requests.js';
import { LedgerError } from '../../errors.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { giveBack } from '../give-back.js';
import { payingBank } from '../read.js';
import { loadPayment } from '../store.js';
import { paymentView } from '../view.js';

/**
 * The regulator takes the marks of a payment away: the bank that set them does not, and they stand in the way of another.
 * The payment stays on the record; its bank is told.
 */
export const liftMark: Verb<'liftMark'> = async (call, command) => {
  const { work } = call;
  const payment = await loadPayment(work, await payingBank(call, command.owner), command.id);
  const request = requestOf('liftMark', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.state !== 'marked' || payment.purpose !== 'offshore-trade') {
    throw new LedgerError('INVALID_STATE', { detail: 'The payment has no mark that could be lifted.' });
  }
  const keys = await fingerprints(work);
  const lifted = await giveBack(call, keys, payment, { state: 'lifted', reason: command.reason, request });
  work.alert({ alert: 'mark-lifted', payments: [payment.id] });
  return paymentView(lifted);
};
