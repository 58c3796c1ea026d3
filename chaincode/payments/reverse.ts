import { alreadyDone, remember, requestOf } from '../draws/requests.js';
import { changeDraws } from '../draws/draws.js';
import { LedgerError } from '../errors.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { lowerDraw } from '../rules/trades.js';
import { freeInvoice } from './marks/invoice.js';
import { freePapers } from './marks/take.js';
import { loadPayment, writePayment } from './store.js';
import { discountUnfiled } from './structuring.js';
import { paymentView } from './view.js';

/** A payment came back or was marked in error: a second person of its bank gives the documents their balance back. */
export const reversePayment: Verb<'reversePayment'> = async (call, command) => {
  const { work, caller, now } = call;
  const payment = await loadPayment(work, caller.mspId, command.id);
  const request = requestOf('reversePayment', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.state !== 'marked') {
    throw new LedgerError('INVALID_STATE', { detail: 'The payment has been reversed before.' });
  }
  if (payment.by.id === caller.person) throw new LedgerError('FOUR_EYES');
  await changeDraws(call, payment.lines, (trade, line) => lowerDraw(trade, payment.id, line, 0n, 'restored'));
  await freePapers(work, payment);
  await freeInvoice(work, payment);
  const next = {
    ...payment,
    seq: payment.seq + 1,
    state: 'reversed' as const,
    lines: payment.lines.map((line) => ({ ...line, held: 0n })),
    reason: command.reason,
    by: { mspId: caller.mspId, id: caller.person },
    requests: remember(payment, request),
    updatedAt: instantText(now),
  };
  await discountUnfiled(call, await fingerprints(work), payment);
  writePayment(work, next);
  return paymentView(next);
};
