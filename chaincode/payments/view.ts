import type { Payment } from './records.js';
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
  currency,
  equivalent,
  ...payment
}: Payment): PaymentView {
  const amount = (minor: bigint) => formatMoney(minor, currency);
  return {
    ...payment,
    amount: amount(payment.amount),
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
