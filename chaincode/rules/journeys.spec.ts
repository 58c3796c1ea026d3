import fc from 'fast-check';
import { type Journey, journeyOf, sameGoods } from './journeys.js';

const content = (transport: object) =>
  ({ date: '2026-03-01', transport }) as unknown as Parameters<typeof journeyOf>[0];
const journey: fc.Arbitrary<Journey> = fc
  .record({
    containers: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 120 }),
    days: fc.nat(40),
  })
  .map(({ containers, from, days }) => ({ containers, from, to: from + days }));

describe('journeys', () => {
  it('begin with loading, else with the date of the document, and last until arrival, else a fortnight', () => {
    const day = 20_513;
    expect(journeyOf(content({ containers: ['A', 'A'] }))).toEqual({
      containers: ['A'],
      from: day,
      to: day + 14,
    });
    expect(
      journeyOf(content({ containers: ['A'], loadedOn: '2026-03-03', arrivedOn: '2026-04-02' })),
    ).toEqual({
      containers: ['A'],
      from: day + 2,
      to: day + 32,
    });
    expect(journeyOf(content({ containers: [] }))).toBeUndefined();
  });

  it('of the same container speak of the same goods by train and ship, and not months apart', () => {
    const train = { containers: ['A', 'B'], from: 0, to: 10 };
    expect(sameGoods(train, { containers: ['B'], from: 13, to: 40 })).toBe(true);
    expect(sameGoods(train, { containers: ['B'], from: 14, to: 40 })).toBe(false);
    expect(sameGoods(train, { containers: ['C'], from: 0, to: 10 })).toBe(false);
  });

  it('speak of the same goods both ways or not at all, as a calendar of days would tell', () => {
    const daysOf = ({ from, to }: Journey) =>
      Array.from({ length: to - from + 4 }, (_, index) => from + index);
    fc.assert(
      fc.property(journey, journey, (one, other) => {
        const shared = one.containers.filter((container) => other.containers.includes(container)).length > 0;
        const days = new Set(daysOf(one));
        const near = daysOf(other).some((day) => days.has(day));
        expect(sameGoods(one, other)).toBe(shared && near);
        expect(sameGoods(other, one)).toBe(sameGoods(one, other));
      }),
    );
  });
});
