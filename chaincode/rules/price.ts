const decimals = 4;
const perCent = 10n ** BigInt(decimals);
const daysPerYear = 365n;

/** A yearly rate in ten-thousandths of a per cent: `2.25` is 22500. */
export function rateUnits(rate: string): bigint {
  const [whole = '', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** A rate in units as text in per cent, with two decimals at least. */
export function formatRate(units: bigint): string {
  const text = units.toString().padStart(decimals + 1, '0');
  const fraction = text.slice(-decimals).replace(/0{1,2}$/, '');
  return `${text.slice(0, -decimals)}.${fraction}`;
}

/** What a loan costs: amounts in minor units of one currency, days from its reservation to its due date. */
export interface Cost {
  readonly rate: string;
  readonly fees: bigint;
  readonly amount: bigint;
  readonly days: number;
}

/**
 * What the borrower pays by the year, all in: interest, and the fees spread over the days of the loan. Simple interest on 365
 * days, rounded up: no fraction is hidden from who compares.
 */
export function allInRate({ rate, fees, amount, days }: Cost): string {
  const term = BigInt(Math.max(days, 1));
  const [cost, base] = [fees * daysPerYear * 100n * perCent, amount * term];
  return formatRate(rateUnits(rate) + (cost + base - 1n) / base);
}

/** The band of whole per cent in which a rate lies: `2-3` is from 2 to below 3. */
export function rateBand(rate: string): string {
  const whole = rateUnits(rate) / perCent;
  return whole >= 10n ? '10+' : `${whole}-${whole + 1n}`;
}
