import type { Payment } from './records.js';
import { instantText } from '../rules/dates.js';
import { formatMoney } from '../rules/money.js';
import { filingThreshold } from '../rules/payment-threshold.js';
import type { PaymentView } from './api.js';

/** A payment as its bank and the regulator see it. */
export function paymentView({
  by: _by,
  requests: _requests,
  marks: _marks,
  heldAgainst: _heldAgainst,
  account: _account,
  awaiting,
  returned,
  currency,
  equivalent,
  ...payment
}: Payment): PaymentView {
  const amount = (minor: bigint) => formatMoney(minor, currency);
  return {
    ...payment,
    amount: amount(payment.amount),
    awaiting: awaiting && awaitingView(awaiting),
    returned: returned && { step: 'reversal', reason: returned.reason, at: returned.at },
    equivalent: equivalent && {
      ...equivalent,
      amount: formatMoney(equivalent.amount, filingThreshold.currency),
    },
    lines: payment.lines.map(({ role, document, fact, amount: minor, drawn, currency: measure, rate }) => ({
      document,
      fact,
      amount: amount(minor),
      drawn: role === 'mark' ? undefined : formatMoney(drawn, measure),
      rate,
    })),
  };
}

function awaitingView({ reason, proposedBy, proposedAt, until }: NonNullable<Payment['awaiting']>) {
  const who = { proposedBy: proposedBy.id, proposedAt, endsAt: instantText(until) };
  return { step: 'reversal' as const, request: { reason }, ...who };
}
