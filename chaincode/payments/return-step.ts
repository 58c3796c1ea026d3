import { alreadyDone, remember, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { nextVersion } from '../ledger/versions.js';
import { instantText } from '../rules/dates.js';
import { loadPayment, writePayment } from './store.js';
import { paymentView } from './view.js';

/** A reversal that waits is not carried out: its second person returns it with a reason, or whoever proposed it takes it back. */
export const returnPaymentStep: Verb<'returnPaymentStep'> = async (call, command) => {
  const { work, caller, now } = call;
  const payment = await loadPayment(work, caller.mspId, command.id);
  const request = requestOf('returnPaymentStep', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.awaiting === undefined) throw new LedgerError('STEP_NOT_AWAITING', { field: 'id' });
  const by = { mspId: caller.mspId, id: caller.person };
  const next = nextVersion(call, payment, {
    awaiting: undefined,
    returned: { reason: command.reason, at: instantText(now), by },
    by,
    requests: remember(payment, request),
  });
  writePayment(work, next);
  return paymentView(next);
};
