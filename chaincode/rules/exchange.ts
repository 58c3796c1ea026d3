import { convertUp, ratioBetween, type RateTable } from './rates.js';

/** The rate of a conversion as it is kept beside the amount, so that anybody can do the sum again. */
interface RateUsed {
  /** Between minor units: `numerator / denominator` of the other currency's for one of this one's. */
  readonly numerator: string;
  readonly denominator: string;
  /** Of the older of the two publications. */
  readonly date: string;
}

/** An amount in another currency. */
export interface Exchanged {
  readonly minor: bigint;
  /** Absent where the currency is the same. */
  readonly rate?: RateUsed;
}

/**
 * What an amount uses up in another currency: a fraction of a minor unit counts as a whole one.
 *
 * @throws LedgerError RATE_MISSING when the regulator has published no rate.
 */
export function exchange(minor: bigint, from: string, to: string, rates: RateTable): Exchanged {
  if (from === to) return { minor };
  const ratio = ratioBetween(from, to, rates);
  const [date = ''] = [from, to].flatMap((currency) => rates.get(currency)?.date ?? []).sort();
  const rate = { numerator: ratio.numerator.toString(), denominator: ratio.denominator.toString(), date };
  return { minor: convertUp(minor, ratio), rate };
}
