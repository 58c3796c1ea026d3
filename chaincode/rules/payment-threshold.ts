import { LedgerError } from '../errors.js';
import { type Exchanged, exchange } from './exchange.js';
import type { MinorMoney } from './money.js';
import type { RateTable } from './rates.js';

/** A payment abroad for services above this needs a tax filing: USD 50,000, in cents. */
export const filingThreshold: MinorMoney = { minor: 5_000_000n, currency: 'USD' };

/**
 * What a payment counts against the threshold; a fraction of a cent counts as a whole one.
 *
 * @returns undefined when the regulator has published no rate.
 * @throws Error what is no refusal of the exchange.
 */
export function thresholdValue({ minor, currency }: MinorMoney, rates: RateTable): Exchanged | undefined {
  try {
    return exchange(minor, currency, filingThreshold.currency, rates);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/** Whether a payment of this value is above the threshold: what cannot be compared is not exempt. */
export function aboveThreshold(value: Exchanged | undefined): boolean {
  return value === undefined || value.minor > filingThreshold.minor;
}
