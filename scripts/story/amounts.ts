import type { Money } from '@pledgeonce/chaincode/api.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';

/** A share of an amount in whole minor units, rounded down. */
export function percentOf(money: Money, percent: bigint): Money {
  const { minor, currency } = parseMoney(money, 'amount', 'allow-zero');
  return formatMoney((minor * percent) / 100n, currency);
}

export function subtract(from: Money, amount: Money): Money {
  const { minor, currency } = parseMoney(from, 'amount', 'allow-zero');
  return formatMoney(minor - parseMoney(amount, 'amount', 'allow-zero').minor, currency);
}

export function isSame(one: Money, other: Money): boolean {
  const [a, b] = [parseMoney(one, 'amount', 'allow-zero'), parseMoney(other, 'amount', 'allow-zero')];
  return a.currency === b.currency && a.minor === b.minor;
}

/** `USD 60,000.00`, for the screen. */
export function show({ amount, currency }: Money): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
