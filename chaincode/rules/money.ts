import type { Money } from '../api.js';
import { LedgerError } from '../errors.js';
import { decimalsOf } from './currencies.js';

/** An amount inside the ledger: whole minor units (cents, fils, yen) of one currency. */
export interface MinorMoney {
  readonly minor: bigint;
  readonly currency: string;
}

/** Largest amount of one document or claim, in minor units. */
export const largestMinor = 10n ** 15n - 1n;

const decimalText = /^(-?)(\d{1,30})(?:\.(\d{1,20}))?$/;

/**
 * Reads money as callers write it. `2337.5` and `2337.50` are the same amount; superfluous zeros are no precision.
 *
 * @param field where the money stands in the request, for the error.
 * @throws LedgerError CURRENCY_UNKNOWN, AMOUNT_INVALID, AMOUNT_NOT_POSITIVE, AMOUNT_PRECISION or AMOUNT_TOO_LARGE.
 */
export function parseMoney(
  money: Money,
  field: string,
  zero: 'refuse-zero' | 'allow-zero' = 'refuse-zero',
): MinorMoney {
  const places = decimalsOf(money.currency);
  if (places === undefined) throw new LedgerError('CURRENCY_UNKNOWN', { field: `${field}.currency` });
  const at = { field: `${field}.amount` };
  const [, sign, whole, fraction = ''] = decimalText.exec(money.amount) ?? [];
  if (whole === undefined) throw new LedgerError('AMOUNT_INVALID', at);
  if (sign === '-') throw new LedgerError('AMOUNT_NOT_POSITIVE', at);
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > places) throw new LedgerError('AMOUNT_PRECISION', at);
  const minor = BigInt(whole + digits.padEnd(places, '0'));
  if (minor === 0n && zero === 'refuse-zero') throw new LedgerError('AMOUNT_NOT_POSITIVE', at);
  if (minor > largestMinor) throw new LedgerError('AMOUNT_TOO_LARGE', at);
  return { minor, currency: money.currency };
}

/** Writes minor units with exactly the decimals of the currency. */
export function formatMoney(minor: bigint, currency: string): Money {
  const places = decimalsOf(currency) ?? 0;
  const digits = minor.toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  return { amount: places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`, currency };
}
