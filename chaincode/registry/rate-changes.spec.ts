import fc from 'fast-check';
import { isUnusual } from './rate-changes.js';

const rate = (text: string, base = 'CNY') => ({ currency: 'USD', base, rate: text });

describe('a rate that is unusual', () => {
  it.each([
    ['7.1', '71', true],
    ['71', '7.1', true],
    ['7.1', '0.71', true],
    ['7.1', '8.52', false],
    ['7.1', '8.520000000001', true],
    ['8.52', '7.1', false],
    ['8.520000000001', '7.1', true],
    ['7.1', '7.1', false],
  ])('after %s: %s, %s', (before, after, expected) => {
    expect(isUnusual(rate(after), rate(before))).toBe(expected);
  });

  it('is none that is the first, and every one against another base', () => {
    expect(isUnusual(rate('7.1'), undefined)).toBe(false);
    expect(isUnusual(rate('7.1', 'EUR'), rate('7.1'))).toBe(true);
  });

  it('is so in both directions, whatever the two', () => {
    const text = fc.integer({ min: 1, max: 10 ** 9 }).map((thousandths) => (thousandths / 1000).toFixed(3));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(isUnusual(rate(one), rate(other))).toBe(isUnusual(rate(other), rate(one)));
      }),
    );
  });
});
