import fc from 'fast-check';
import {
  passesThreshold,
  recentDays,
  structuringDays,
  type UnfiledDay,
  valueOf,
  withoutPayment,
  withPayment,
} from './structuring.js';

const payment = fc.record({
  payment: fc.uuid(),
  day: fc.integer({ min: 0, max: 60 }),
  value: fc.bigInt({ min: 1n, max: 5_000_000n }),
});
const all = (payments: readonly { payment: string; day: number; value: bigint }[]) =>
  payments.reduce<readonly UnfiledDay[]>(withPayment, []);

describe('payments without a filing, day by day', () => {
  it('sum to all that was paid, however many there are, and keep one entry per day', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 80 }), (payments) => {
        const days = all(payments);
        expect(valueOf(days)).toBe(payments.reduce((sum, { value }) => sum + value, 0n));
        expect(days.map(({ day }) => day)).toEqual(
          [...new Set(payments.map(({ day }) => day))].sort((left, right) => left - right),
        );
        expect(days.every(({ payments: named }) => named.length <= 10)).toBe(true);
      }),
    );
  });

  it('are as before when a payment is reversed', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(payment, { maxLength: 9, selector: (one) => one.payment }),
        payment,
        (payments, more) => {
          const before = all(payments);
          expect(withoutPayment(withPayment(before, more), more)).toEqual(before);
        },
      ),
    );
  });

  it('count for thirty days', () => {
    const days = all([0, 1, 30].map((day) => ({ payment: String(day), day, value: 1n })));
    expect(recentDays(days, structuringDays).map(({ day }) => day)).toEqual([1, 30]);
    expect(recentDays(days, structuringDays - 1).map(({ day }) => day)).toEqual([0, 1, 30]);
  });

  it.each([
    [0n, 5_000_000n, false],
    [0n, 5_000_001n, true],
    [4_990_000n, 9_980_000n, true],
    [9_980_000n, 9_990_000n, false],
    [9_980_000n, 14_970_000n, true],
    [5_000_000n, 5_000_001n, true],
  ])('%d cents and then %d are reported: %p', (before, after, reported) => {
    expect(passesThreshold(before, after)).toBe(reported);
  });

  it('cannot grow by a multiple of the threshold without a report', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 5_000_000n }), { minLength: 1, maxLength: 60 }),
        (values) => {
          let sum = 0n;
          let reports = 0n;
          for (const value of values) {
            if (passesThreshold(sum, sum + value)) reports++;
            sum += value;
          }
          expect(reports).toBe((sum - 1n) / 5_000_000n);
        },
      ),
    );
  });
});
