import type { paths } from '@pledgeonce/client';
import { toUnits } from '../../ui/money-format.js';

export type Sum =
  paths['/statistics']['get']['responses'][200]['content']['application/json']['items'][number];

interface OfCurrency {
  readonly currency: string;
  readonly bars: readonly { readonly name: string; readonly amount: string }[];
}

const decimals = 4;

/** What was claimed in each month, one row of bars for each currency: amounts of two currencies are never added. */
export function byMonth(sums: readonly Pick<Sum, 'month' | 'amount'>[]): readonly OfCurrency[] {
  const totals = new Map<string, Map<string, bigint>>();
  for (const { month, amount } of sums) {
    const months = totals.get(amount.currency) ?? new Map<string, bigint>();
    months.set(month, (months.get(month) ?? 0n) + toUnits(amount.amount, decimals));
    totals.set(amount.currency, months);
  }
  return [...totals].map(([currency, months]) => ({
    currency,
    bars: [...months]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, units]) => ({ name, amount: textOf(units) })),
  }));
}

function textOf(units: bigint): string {
  const digits = String(units).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals, -2)}`;
}
