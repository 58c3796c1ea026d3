import fc from 'fast-check';
import { aboveThreshold } from './payment-threshold.js';

const rates = new Map(
  [
    ['USD', '7.1'],
    ['EUR', '7.7'],
  ].map(([currency = '', rate = '']) => [currency, { currency, base: 'CNY', rate, date: '2026-03-01' }]),
);

describe('the threshold for payments abroad', () => {
  it('is exact in dollars, and what has no rate is not exempt', () => {
    expect(aboveThreshold({ minor: 5_000_000n, currency: 'USD' }, new Map())).toBe(false);
    expect(aboveThreshold({ minor: 5_000_001n, currency: 'USD' }, new Map())).toBe(true);
    expect(aboveThreshold({ minor: 1n, currency: 'EUR' }, new Map())).toBe(true);
  });

  it('is never passed by a smaller amount when a larger one keeps below', () => {
    const amounts = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 0n, max: 10n ** 8n }));
    fc.assert(
      fc.property(amounts, fc.constantFrom('EUR', 'USD', 'CNY'), ([minor, more], currency) => {
        const smaller = aboveThreshold({ minor, currency }, rates);
        expect(smaller && !aboveThreshold({ minor: minor + more, currency }, rates)).toBe(false);
      }),
    );
  });
});
