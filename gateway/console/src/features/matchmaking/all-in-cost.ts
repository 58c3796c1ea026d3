import { toUnits } from '../../ui/money-format.js';
import type { MoneyValue } from '../../ui/money-format.js';

interface Terms {
  readonly amount: MoneyValue;
  /** Per cent a year, as text. */
  readonly rate: string;
  readonly fees?: MoneyValue | undefined;
}

/** What an offer costs until it is due: interest by the day on 360 days, and the fees, rounded up to the cent. */
export function allInCost({ amount, rate, fees }: Terms, days: number): MoneyValue {
  const decimals = 2;
  const principal = toUnits(amount.amount, decimals);
  const divisor = 360n * 100n * 10_000n;
  const interest = (principal * toUnits(rate, 4) * BigInt(days) + divisor - 1n) / divisor;
  const total = String(interest + toUnits(fees?.amount ?? '0', decimals)).padStart(decimals + 1, '0');
  return { amount: `${total.slice(0, -decimals)}.${total.slice(-decimals)}`, currency: amount.currency };
}
