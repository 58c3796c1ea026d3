import type { Schemas } from '@pledgeonce/client';

/**
 * What part of a document's total is asked for, in percent with two places; rounded up, so that nobody reads less than it is.
 *
 * @returns undefined where nothing can be said: other currencies, or what is no amount yet.
 */
export function advanceRate(
  amount: Partial<Schemas['Money']> | undefined,
  total: Partial<Schemas['Money']> | undefined,
): string | undefined {
  if (amount?.currency === undefined || amount.currency !== total?.currency) return undefined;
  const places = Math.max(placesOf(amount.amount), placesOf(total.amount));
  const [part, whole] = [minorUnits(amount.amount, places), minorUnits(total.amount, places)];
  if (part === undefined || whole === undefined || whole === 0n) return undefined;
  const hundredths = (part * 10_000n + whole - 1n) / whole;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

function placesOf(text = ''): number {
  return text.trim().split('.')[1]?.length ?? 0;
}

function minorUnits(text = '', places: number): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(places, '0'));
}
