import type { Output } from '../api.js';
import type { OpenLoans } from '../claims/open-loans.js';
import { formatMoney } from '../rules/money.js';

/** The open loans as the rules of a bank look at them: a sum for each currency. */
export function exposureView({ seq, open }: OpenLoans): Output<'assessLoan'>['exposure'] {
  const sums = new Map<string, bigint>();
  for (const { currency, outstanding } of open) {
    sums.set(currency, (sums.get(currency) ?? 0n) + outstanding);
  }
  return { seq, open: [...sums].map(([currency, minor]) => formatMoney(minor, currency)) };
}
