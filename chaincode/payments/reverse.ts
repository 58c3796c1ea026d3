import { alreadyDone, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { giveBack } from './give-back.js';
import { loadPayment } from './store.js';
import { discountUnfiled } from './structuring.js';
import { paymentView } from './view.js';

/** A payment came back or was marked in error: a second person of its bank gives the documents their balance back. */
export const reversePayment: Verb<'reversePayment'> = async (call, command) => {
  const { work, caller } = call;
  const payment = await loadPayment(work, caller.mspId, command.id);
  const request = requestOf('reversePayment', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.state !== 'marked') {
    throw new LedgerError('INVALID_STATE', { detail: 'The payment has been reversed before.' });
  }
  if (payment.by.id === caller.person) throw new LedgerError('FOUR_EYES');
  const keys = await fingerprints(work);
  const reversed = await giveBack(call, keys, payment, {
    state: 'reversed',
    reason: command.reason,
    request,
  });
  await discountUnfiled(call, keys, payment);
  return paymentView(reversed);
};
