import { changeDraws } from '../draws/draws.js';
import { remember, type requestOf } from '../draws/requests.js';
import type { Call } from '../ledger/call.js';
import { nextVersion } from '../ledger/versions.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { lowerDraw } from '../rules/trades.js';
import { freeInvoice } from './marks/invoice.js';
import { freePapers } from './marks/take.js';
import type { Payment } from './records.js';
import { writePayment } from './store.js';

/** How a payment ends that gives its documents back. */
interface Ending {
  readonly state: 'reversed' | 'lifted';
  readonly reason: string;
  readonly request: ReturnType<typeof requestOf>;
}

/** Gives documents, papers and invoice of a payment back, and keeps the payment on the record in its last state. */
export async function giveBack(
  call: Call,
  keys: Fingerprints,
  payment: Payment,
  { state, reason, request }: Ending,
): Promise<Payment> {
  const { work, caller } = call;
  await changeDraws(call, payment.lines, (trade, line) => lowerDraw(trade, payment.id, line, 0n, 'restored'));
  await freePapers(work, keys, payment);
  await freeInvoice(work, keys, payment);
  const next = nextVersion(call, payment, {
    state,
    lines: payment.lines.map((line) => ({ ...line, held: 0n })),
    reason,
    awaiting: undefined,
    returned: undefined,
    by: { mspId: caller.mspId, id: caller.person },
    requests: remember(payment, request),
  });
  writePayment(work, next);
  return next;
}
