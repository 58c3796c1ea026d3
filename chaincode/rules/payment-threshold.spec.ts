import fc from 'fast-check';
import { aboveThreshold, thresholdValue } from './payment-threshold.js';
import type { RateTable } from './rates.js';

const rates = new Map(
  [
    ['USD', '7.1'],
    ['EUR', '7.7'],
  ].map(([currency = '', rate = '']) => [currency, { currency, base: 'CNY', rate, date: '2026-03-01' }]),
);
const isAbove = (minor: bigint, currency: string, table: RateTable) =>
  aboveThreshold(thresholdValue({ minor, currency }, table));

describe('the threshold for payments abroad', () => {
  it('is exact in dollars, and what has no rate is not exempt', () => {
    expect(isAbove(5_000_000n, 'USD', new Map())).toBe(false);
    expect(isAbove(5_000_001n, 'USD', new Map())).toBe(true);
    expect(isAbove(1n, 'EUR', new Map())).toBe(true);
  });

  it('is never passed by a smaller amount when a larger one keeps below', () => {
    const amounts = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 0n, max: 10n ** 8n }));
    fc.assert(
      fc.property(amounts, fc.constantFrom('EUR', 'USD', 'CNY'), ([minor, more], currency) => {
        const smaller = isAbove(minor, currency, rates);
        expect(smaller && !isAbove(minor + more, currency, rates)).toBe(false);
      }),
    );
  });
});
