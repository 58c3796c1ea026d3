import fc from 'fast-check';
import { currencies, decimalsOf } from './currencies.js';
import { convertUp, type Rate, ratioBetween } from './rates.js';

const rate = (currency: string, text: string): readonly [string, Rate] => [
  currency,
  { currency, base: 'CNY', rate: text, date: '2026-01-01' },
];

describe('rates', () => {
  it('round against the borrower, by less than one minor unit', () => {
    const foreign = currencies.filter((currency) => currency !== 'CNY');
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 15n),
        fc.uniqueArray(fc.constantFrom(...foreign), { minLength: 2, maxLength: 2 }),
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (minor, [from = '', to = ''], left, right) => {
          const rates = new Map([rate(from, (left / 1000).toFixed(3)), rate(to, (right / 1000).toFixed(3))]);
          const drawn = convertUp(minor, ratioBetween(from, to, rates));
          const scale = (currency: string) => 10n ** BigInt(decimalsOf(currency) ?? 0);
          const value = minor * BigInt(left) * scale(to);
          const unit = BigInt(right) * scale(from);
          expect(drawn * unit >= value && (drawn - 1n) * unit < value).toBe(true);
        },
      ),
    );
  });

  it('needs no rate for the base, and refuses what has none', () => {
    const rates = new Map([rate('USD', '7.1')]);
    expect(convertUp(10000n, ratioBetween('USD', 'CNY', rates))).toBe(71000n);
    expect(convertUp(71000n, ratioBetween('CNY', 'USD', rates))).toBe(10000n);
    expect(() => ratioBetween('EUR', 'USD', rates)).toThrow(/^RATE_MISSING/);
  });

  it('refuses rates against different bases', () => {
    const rates = new Map([
      rate('USD', '7.1'),
      ['EUR', { currency: 'EUR', base: 'GBP', rate: '1', date: '' }] as const,
    ]);
    expect(() => ratioBetween('EUR', 'USD', rates)).toThrow(/^RATE_MISSING/);
  });
});
