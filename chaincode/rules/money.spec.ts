import fc from 'fast-check';
import { LedgerError } from '../errors.js';
import { currencies, decimalsOf } from './currencies.js';
import { formatMoney, largestMinor, parseMoney } from './money.js';

const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return undefined;
};
const parse = (amount: string, currency = 'USD') => parseMoney({ amount, currency }, 'amount');

describe('money', () => {
  it('is read back as it was written, in every currency', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, largestMinor), fc.constantFrom(...currencies), (minor, currency) => {
        expect(parseMoney(formatMoney(minor, currency), 'amount')).toEqual({ minor, currency });
      }),
    );
  });

  it('is the same amount with and without superfluous zeros', () => {
    expect(parse('2337.50')).toEqual(parse('2337.5'));
    expect(parse('2337.5000')).toEqual(parse('2337.5'));
    expect(parse('007', 'JPY').minor).toBe(7n);
  });

  it('refuses any decimal beyond the minor unit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencies), fc.nat(), (currency, whole) => {
        const fraction = '0'.repeat(decimalsOf(currency) ?? 0) + '1';
        expect(codeOf(() => parse(`${whole}.${fraction}`, currency))).toBe('AMOUNT_PRECISION');
      }),
    );
  });

  it.each(['XXX', 'XTS', 'XAU', 'XDR', 'Pesos', '', 'usd', 'DEM'])('refuses the currency %p', (currency) => {
    expect(codeOf(() => parse('1', currency))).toBe('CURRENCY_UNKNOWN');
  });

  it.each(['', '1e3', '1,000.00', '.5', '5.', '+1', '1 000', '0x10', 'NaN', '１２'])(
    'refuses the amount %p',
    (amount) => {
      expect(codeOf(() => parse(amount))).toBe('AMOUNT_INVALID');
    },
  );

  it('refuses what is not positive or too much', () => {
    expect(codeOf(() => parse('-1'))).toBe('AMOUNT_NOT_POSITIVE');
    expect(codeOf(() => parse('0.00'))).toBe('AMOUNT_NOT_POSITIVE');
    expect(parseMoney({ amount: '0.00', currency: 'EUR' }, 'payable', 'allow-zero').minor).toBe(0n);
    expect(codeOf(() => parse('10000000000000.00'))).toBe('AMOUNT_TOO_LARGE');
  });

  it('knows 0, 2, 3 and 4 decimals', () => {
    expect(['JPY', 'USD', 'KWD', 'CLF'].map(decimalsOf)).toEqual([0, 2, 3, 4]);
  });
});
