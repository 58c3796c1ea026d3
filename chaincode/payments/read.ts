import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/execute.js';
import { loadPayment } from './store.js';
import { paymentView } from './view.js';

/** A payment, for its bank and the regulator. */
export const readPayment: Verb<'readPayment'> = async ({ work, caller }, { id, owner }) => {
  const meant = caller.kind === 'bank' ? caller.mspId : owner;
  if (meant === undefined) {
    throw new LedgerError('PAYMENT_NOT_FOUND', {
      detail: 'Say which bank marked the payment.',
      field: 'owner',
    });
  }
  return paymentView(await loadPayment(work, meant, id));
};
