import { changeDraws } from '../../draws/draws.js';
import { alreadyDone, remember, requestOf } from '../../draws/requests.js';
import { LedgerError } from '../../errors.js';
import type { Verb } from '../../ledger/verb.js';
import { instantText } from '../../rules/dates.js';
import { lowerDraw } from '../../rules/trades.js';
import { payingBank } from '../read.js';
import { loadPayment, writePayment } from '../store.js';
import { paymentView } from '../view.js';
import { freeInvoice } from './invoice.js';
import { freePapers } from './take.js';

/**
 * The regulator takes the marks of a payment away: the bank that set them does not, and they stand in the way of another.
 * The payment stays on the record; its bank is told.
 */
export const liftMark: Verb<'liftMark'> = async (call, command) => {
  const { work, caller, now } = call;
  const payment = await loadPayment(work, await payingBank(call, command.owner), command.id);
  const request = requestOf('liftMark', command);
  if (alreadyDone(payment, request)) return paymentView(payment);
  if (payment.state !== 'marked' || payment.purpose !== 'offshore-trade') {
    throw new LedgerError('INVALID_STATE', { detail: 'The payment has no mark that could be lifted.' });
  }
  await changeDraws(call, payment.lines, (trade, line) => lowerDraw(trade, payment.id, line, 0n, 'restored'));
  await freePapers(work, payment);
  await freeInvoice(work, payment);
  const next = {
    ...payment,
    seq: payment.seq + 1,
    state: 'lifted' as const,
    lines: payment.lines.map((line) => ({ ...line, held: 0n })),
    reason: command.reason,
    by: { mspId: caller.mspId, id: caller.person },
    requests: remember(payment, request),
    updatedAt: instantText(now),
  };
  writePayment(work, next);
  work.alert({ alert: 'mark-lifted', payments: [payment.id] });
  return paymentView(next);
};
