import fc from 'fast-check';
import { allInRate, formatRate, rateBand, rateUnits } from './price.js';

const rate = fc
  .tuple(fc.nat(99), fc.nat(9999))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(4, '0')}`);

describe('what a loan costs', () => {
  it('is the interest and the fees by the year, rounded up', () => {
    const cost = { rate: '2.25', fees: 100n, amount: 10_000n, days: 365 };
    expect(allInRate(cost)).toBe('3.25');
    expect(allInRate({ ...cost, days: 90 })).toBe('6.3056');
    expect(allInRate({ ...cost, fees: 0n })).toBe('2.25');
    expect(allInRate({ ...cost, fees: 1n, amount: 10n ** 15n })).toBe('2.2501');
    // A loan of less than a day is one of a day.
    expect(allInRate({ ...cost, rate: '0', days: 0 })).toBe('365.00');
  });

  it('is never less than the interest, grows with the fees and falls with the term', () => {
    const run = fc.record({
      rate,
      fees: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      amount: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      days: fc.integer({ min: 1, max: 1830 }),
    });
    fc.assert(
      fc.property(run, (cost) => {
        const all = rateUnits(allInRate(cost));
        expect(all >= rateUnits(cost.rate)).toBe(true);
        expect(rateUnits(allInRate({ ...cost, fees: cost.fees + 1n })) >= all).toBe(true);
        expect(rateUnits(allInRate({ ...cost, days: cost.days + 1 })) <= all).toBe(true);
      }),
    );
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(rate, (text) => {
        expect(rateUnits(formatRate(rateUnits(text)))).toBe(rateUnits(text));
      }),
    );
    expect(['0.5', '2', '2.9999', '3.00', '12.5'].map(rateBand)).toEqual(['0-1', '2-3', '2-3', '3-4', '10+']);
  });
});
