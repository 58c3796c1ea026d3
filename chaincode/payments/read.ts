import { LedgerError } from '../errors.js';
import { bankMeant } from '../members/bank-meant.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { loadPayment } from './store.js';
import { paymentView } from './view.js';

/** A payment, for its bank and the regulator. */
export const readPayment: Verb<'readPayment'> = async (call, { id, owner }) =>
  paymentView(await loadPayment(call.work, await payingBank(call, owner), id));

/**
 * Whose payment a call means: a bank's own, or the one that the regulator names.
 *
 * @throws LedgerError PAYMENT_NOT_FOUND when the regulator names no bank.
 */
export async function payingBank(call: Call, named: string | undefined): Promise<string> {
  const bank = await bankMeant(call, named);
  if (bank === undefined) {
    throw new LedgerError('PAYMENT_NOT_FOUND', {
      detail: 'Say which bank marked the payment.',
      field: 'owner',
    });
  }
  return bank;
}
