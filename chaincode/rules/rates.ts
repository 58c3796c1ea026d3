import { LedgerError } from '../errors.js';
import { limits } from '../schemas.js';
import { decimalsOf } from './currencies.js';
import { dayNumber } from './dates.js';

/** What the regulator publishes: so many units of the base currency for one unit of this currency. */
export interface Rate {
  readonly currency: string;
  readonly base: string;
  /** Decimal text with at most twelve decimals. */
  readonly rate: string;
  readonly date: string;
}

/** An exact exchange rate between the minor units of two currencies. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Published rates by currency, as far as they are known. */
export type RateTable = ReadonlyMap<string, Rate>;

const ratePlaces = 12;
const mostDecimals = 4;
const rateText = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

/**
 * Checks a rate and brings it to a whole number of trillionths.
 *
 * @throws LedgerError RATE_INVALID when it is not a positive decimal.
 */
export function parseRate(rate: string, field: string): bigint {
  const [, whole, fraction = ''] = rateText.exec(rate) ?? [];
  const scaled = whole === undefined ? 0n : BigInt(whole + fraction.padEnd(ratePlaces, '0'));
  if (scaled === 0n) throw new LedgerError('RATE_INVALID', { field });
  return scaled;
}

/**
 * Value of one minor unit of a currency in units so small that every amount in every currency is a whole number of
 * them: sums and comparisons across currencies are exact, and rounding happens once, at the end.
 *
 * @param common the only currency in play, for which no rate is needed, or the base of the published rates.
 * @returns undefined when no rate is published.
 */
export function unitValue(currency: string, common: string, rates: RateTable): bigint | undefined {
  const shift = 10n ** BigInt(mostDecimals - (decimalsOf(currency) ?? mostDecimals));
  if (currency === common) return 10n ** BigInt(ratePlaces) * shift;
  const rate = rates.get(currency);
  return rate?.base === common ? parseRate(rate.rate, 'rate') * shift : undefined;
}

/** The currency against which the rates of these currencies are published; undefined when they have no common one. */
export function commonBase(currencies: readonly string[], rates: RateTable): string | undefined {
  const [first, ...others] = [...new Set(currencies)];
  if (others.length === 0) return first;
  const bases = new Set(
    [...new Set(currencies)].map((one) => rates.get(one)?.base).filter((base) => base !== undefined),
  );
  const [base] = bases;
  return bases.size === 1 ? base : undefined;
}

/**
 * Exact rate from one currency to another, between their minor units.
 *
 * @throws LedgerError RATE_MISSING when the regulator has published none.
 */
export function ratioBetween(from: string, to: string, rates: RateTable): Ratio {
  const base = commonBase([from, to], rates);
  const numerator = base === undefined ? undefined : unitValue(from, base, rates);
  const denominator = base === undefined ? undefined : unitValue(to, base, rates);
  if (numerator === undefined || denominator === undefined) {
    throw new LedgerError('RATE_MISSING', {
      detail: `The regulator has published no exchange rate between ${from} and ${to}.`,
    });
  }
  return { numerator, denominator };
}

/** Whether a rate is so old that nothing is drawn at it any more. */
export function isStale({ date }: Rate, today: string): boolean {
  return dayNumber(today) - dayNumber(date) > limits.rateDays;
}

/** @throws LedgerError RATE_STALE when one of the rates is too old. */
export function assertCurrent(rates: RateTable, today: string): void {
  const stale = [...rates.values()].find((rate) => isStale(rate, today));
  if (stale !== undefined) {
    throw new LedgerError('RATE_STALE', {
      detail: `The exchange rate of ${stale.currency} is of ${stale.date}; the regulator has to publish a new one.`,
    });
  }
}

/** Converts what a borrower uses: the fraction of a minor unit counts as a whole one, against the borrower. */
export function convertUp(minor: bigint, { numerator, denominator }: Ratio): bigint {
  return (minor * numerator + denominator - 1n) / denominator;
}
