import { LedgerError } from '../errors.js';
import type { Claim } from './records.js';
import { exchange } from '../rules/exchange.js';
import { assertCurrent, type RateTable } from '../rules/rates.js';
import { LineRefusal } from '../draws/line-refusal.js';

type Line = Claim['lines'][number];

/**
 * What the whole line would use up of its document if it were drawn at the rates in force.
 *
 * @param today the rates have to hold on this day.
 * @throws LineRefusal RATE_MISSING or RATE_STALE.
 */
export function drawnToday(
  { currency }: Pick<Claim, 'currency'>,
  line: Line,
  rates: RateTable,
  today: string,
): Pick<Line, 'drawn' | 'rate'> {
  if (line.role === 'collateral' || line.currency === currency) return { drawn: line.drawn, rate: line.rate };
  try {
    assertCurrent(rates, today);
    const { minor, rate } = exchange(line.amount, currency, line.currency, rates);
    return { drawn: minor, rate };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LineRefusal(error.code, { detail: error.body.detail });
  }
}
