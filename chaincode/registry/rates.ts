import { LedgerError } from '../errors.js';
import { rateAt } from '../ledger/addresses.js';
import type { Verb } from '../ledger/execute.js';
import { checkAll } from '../rules/check-all.js';
import { currencies, decimalsOf } from '../rules/currencies.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { parseRate } from '../rules/rates.js';

/**
 * The regulator publishes exchange rates; they hold for draws from the next block on. Those of the same day are
 * corrected by publishing again; an older day cannot take the place of a later one.
 */
export const publishRates: Verb<'publishRates'> = async ({ work, now }, { base, date, rates }) => {
  checkAll({
    base: () => {
      assertCurrency(base, 'base');
    },
    date: () => {
      if (dayNumber(date) > dayNumber(dateOf(now)) + 1)
        throw new LedgerError('DATE_INVALID', { field: 'date' });
    },
    rates: () => {
      for (const [index, { currency, rate }] of rates.entries()) {
        assertCurrency(currency, `rates.${index}.currency`);
        if (currency === base) throw new LedgerError('RATE_INVALID', { field: `rates.${index}.currency` });
        if (rates.findIndex((one) => one.currency === currency) !== index) {
          throw new LedgerError('RATE_INVALID', {
            detail: 'The publication states two rates of one currency.',
            field: `rates.${index}.currency`,
          });
        }
        parseRate(rate, `rates.${index}.rate`);
      }
    },
  });
  const inForce = await Promise.all(rates.map(({ currency }) => work.read(rateAt(currency))));
  const later = inForce.find((rate) => rate !== undefined && rate.date > date);
  if (later !== undefined) {
    throw new LedgerError('DATE_INVALID', {
      detail: `A later rate of ${later.currency}, of ${later.date}, is in force.`,
      field: 'date',
    });
  }
  for (const { currency, rate } of rates) {
    work.write(rateAt(currency), { currency, base, rate, date, publishedAt: instantText(now) });
  }
  return { published: rates.length };
};

/** The rates in force, of the currencies asked for or of all. */
export const readRates: Verb<'readRates'> = async ({ work }, { currencies: asked }) => {
  const found = await Promise.all((asked ?? currencies).map((currency) => work.read(rateAt(currency))));
  return { rates: found.filter((rate) => rate !== undefined) };
};

function assertCurrency(currency: string, field: string): void {
  if (decimalsOf(currency) === undefined) throw new LedgerError('CURRENCY_UNKNOWN', { field });
}
