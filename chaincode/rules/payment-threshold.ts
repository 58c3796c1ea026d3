import { LedgerError } from '../errors.js';
import type { MinorMoney } from './money.js';
import { convertUp, type RateTable, ratioBetween } from './rates.js';

/** A payment abroad for services above this needs a tax filing: USD 50,000, in cents. */
export const filingThreshold: MinorMoney = { minor: 5_000_000n, currency: 'USD' };

/**
 * Whether a payment is above the threshold; a fraction of a cent counts as a whole one.
 *
 * @returns true as well when the regulator has published no rate: what cannot be compared is not exempt.
 */
export function aboveThreshold({ minor, currency }: MinorMoney, rates: RateTable): boolean {
  if (currency === filingThreshold.currency) return minor > filingThreshold.minor;
  try {
    return convertUp(minor, ratioBetween(currency, filingThreshold.currency, rates)) > filingThreshold.minor;
  } catch (error) {
    if (error instanceof LedgerError) return true;
    throw error;
  }
}
