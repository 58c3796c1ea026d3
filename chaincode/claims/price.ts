import type { ClaimInput } from '../api.js';
import { LedgerError } from '../errors.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import { type MinorMoney, parseMoney } from '../rules/money.js';
import { allInRate } from '../rules/price.js';
import type { Claim } from './records.js';

/** The price of a loan for a bank that takes it over: the yearly rate. Fees stay with the bank that took them. */
export function priceForTaker(price: Claim['price']): Claim['price'] {
  return price && { rate: price.rate, allIn: price.rate };
}

/**
 * What a claim costs by its bank's word, with the all-in rate that follows from it.
 *
 * @throws LedgerError an error of money, or CURRENCY_MIXED: fees are counted in the currency of the claim.
 */
export function priceOf(
  { price, dueDate }: Pick<ClaimInput, 'price' | 'dueDate'>,
  { minor, currency }: MinorMoney,
  now: number,
): Claim['price'] {
  if (price === undefined) return undefined;
  const fees = price.fees && parseMoney(price.fees, 'price.fees', 'allow-zero');
  if (fees !== undefined && fees.currency !== currency) {
    throw new LedgerError('CURRENCY_MIXED', { field: 'price.fees.currency' });
  }
  const days = dayNumber(dueDate) - dayNumber(dateOf(now));
  const allIn = allInRate({ rate: price.rate, fees: fees?.minor ?? 0n, amount: minor, days });
  return { rate: price.rate, ...(fees && { fees: fees.minor }), allIn };
}
