import fc from 'fast-check';
import { formatQuantity, parseQuantity } from './quantities.js';

describe('quantities', () => {
  it('survive writing and reading', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), (minor) => {
        expect(parseQuantity(formatQuantity(minor, 'TNE'), 'q')).toEqual({ minor, unit: 'TNE' });
      }),
    );
  });

  it.each([
    ['1e3', 'AMOUNT_INVALID'],
    ['-1', 'AMOUNT_INVALID'],
    ['0.000', 'AMOUNT_NOT_POSITIVE'],
    ['0.0001', 'AMOUNT_PRECISION'],
    ['1000000000000.000', 'AMOUNT_TOO_LARGE'],
  ])('%s is refused with %s', (amount, code) => {
    expect(() => parseQuantity({ amount, unit: 'TNE' }, 'q')).toThrow(code);
  });

  it('is refused in a unit that nobody knows', () => {
    expect(() => parseQuantity({ amount: '1', unit: 'ZZZ' }, 'q')).toThrow(/^UNIT_UNKNOWN.*q\.unit/);
  });
});
