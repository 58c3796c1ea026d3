import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { rateAt } from '../registry/records.js';
import type { Rate, RateTable } from '../rules/rates.js';

/** The published rates of these currencies; none is read where there is only one currency. */
export async function ratesOf(work: UnitOfWork, currencies: readonly string[]): Promise<RateTable> {
  const distinct = [...new Set(currencies)];
  if (distinct.length < 2) return new Map();
  const rates = await Promise.all(distinct.map((currency) => work.read(rateAt(currency))));
  return new Map(
    rates
      .filter((rate): rate is Rate & typeof rate => rate !== undefined)
      .map((rate) => [rate.currency, rate]),
  );
}
