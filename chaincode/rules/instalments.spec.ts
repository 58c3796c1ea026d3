import fc from 'fast-check';
import { isOwedInTime, leftUntil } from './instalments.js';

const halves = [
  { dueDate: '2026-06-30', amount: 50n },
  { dueDate: '2026-09-30', amount: 50n },
];
const loan = (amount: bigint, due?: string) => ({ amount, due });
const left = (draws: readonly ReturnType<typeof loan>[], day: string, consumed = 0n) =>
  leftUntil(halves, { consumed, draws }, day);

describe('what a loan may draw of a document that is paid in instalments', () => {
  it('is what the buyer owes by the day on which the loan is repaid', () => {
    expect(left([], '2026-06-29')).toBeUndefined();
    expect(left([], '2026-06-30')).toBe(50n);
    expect(left([], '2026-09-29')).toBe(50n);
    expect(left([], '2026-09-30')).toBe(100n);
  });

  it('is less by what others lend until the same day, and by what would be missing later', () => {
    const early = loan(50n, '2026-06-30');
    expect(left([early], '2026-07-15')).toBe(0n);
    expect(left([early], '2026-12-31')).toBe(50n);
    expect(left([loan(80n, '2026-10-05')], '2026-06-30')).toBe(20n);
    expect(left([loan(80n)], '2026-06-30')).toBe(20n);
    expect(left([loan(30n, '2026-01-01')], '2026-06-30')).toBe(20n);
  });

  it('is less by what has been paid, first of what fell due first', () => {
    expect(left([], '2026-06-30', 50n)).toBe(0n);
    expect(left([], '2026-09-30', 50n)).toBe(50n);
    expect(left([], '2026-09-30', 70n)).toBe(30n);
  });

  it('puts no loan that stands in doubt because another was repaid, and one whose instalment was moved', () => {
    const early = loan(50n, '2026-06-30');
    expect(isOwedInTime(halves, [early, loan(50n, '2026-09-30')], '2026-06-30')).toBe(true);
    expect(isOwedInTime(halves, [early, loan(1n, '2026-08-01')], '2026-06-30')).toBe(false);
    expect(isOwedInTime(halves, [early], '2026-06-29')).toBe(false);
    const moved = [
      { dueDate: '2026-06-30', amount: 20n },
      { dueDate: '2026-12-31', amount: 80n },
    ];
    expect(isOwedInTime(moved, [early], '2026-06-30')).toBe(false);
  });

  it('leaves every day on which more would fall due than is owed, whatever is drawn in whatever order', () => {
    const day = fc.integer({ min: 1, max: 9 });
    const dayText = (one: number) => `2026-0${one}-01`;
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.tuple(day, fc.integer({ min: 1, max: 60 }), fc.boolean()), { maxLength: 20 }),
        (days, amounts, attempts) => {
          const instalments = days
            .toSorted((one, other) => one - other)
            .map((one, place) => ({ dueDate: dayText(one), amount: BigInt(amounts[place] ?? 1) }));
          const draws: { amount: bigint; due: string }[] = [];
          let consumed = 0n;
          for (const [due, wanted, repays] of attempts) {
            const [first] = draws;
            if (repays && first !== undefined) {
              draws.shift();
              consumed += first.amount;
              continue;
            }
            const most = leftUntil(instalments, { consumed, draws }, dayText(due));
            if (most === undefined || BigInt(wanted) > most) continue;
            draws.push({ amount: BigInt(wanted), due: dayText(due) });
          }
          const sum = (all: readonly { readonly amount: bigint }[]) =>
            all.reduce((total, { amount }) => total + amount, 0n);
          expect(sum(draws) + consumed <= sum(instalments)).toBe(true);
          for (const { dueDate } of instalments) {
            // By the eve of the next instalment no loan is due that what is owed by then does not repay.
            const next = instalments.find((one) => one.dueDate > dueDate)?.dueDate ?? '9999';
            const due = draws.filter((one) => one.due < next);
            const owed = instalments.filter((one) => one.dueDate <= dueDate);
            expect(sum(due) <= sum(owed)).toBe(true);
          }
        },
      ),
    );
  });
});
