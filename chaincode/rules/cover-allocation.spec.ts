import fc from 'fast-check';
import { coverOutstanding, splitCover, type Supply } from './cover-allocation.js';

const amount = fc.bigInt(0n, 20n);
const cases = fc.integer({ min: 1, max: 4 }).chain((demands) =>
  fc.record({
    demands: fc.array(amount, { minLength: demands, maxLength: demands }),
    supplies: fc.array(
      fc.record({ amount, covers: fc.uniqueArray(fc.nat(demands - 1), { maxLength: demands }) }),
      { maxLength: 4 },
    ),
  }),
);
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);

/** The most that can be covered, by Hall: over every set of receivables, what is outside it and who could serve it. */
function mostBySubsets(supplies: readonly Supply[], demands: readonly bigint[]): bigint {
  const sets = Array.from({ length: 2 ** demands.length }, (_, mask) =>
    demands.map((_one, index) => (mask >> index) % 2 === 1),
  );
  return sets.reduce<bigint>((least, chosen) => {
    const outside = sum(demands.filter((_one, index) => chosen[index] === false));
    const serving = supplies.filter(({ covers }) => covers.some((index) => chosen[index]));
    const bound = outside + sum(serving.map((one) => one.amount));
    return bound < least ? bound : least;
  }, sum(demands));
}

describe('splitting cover', () => {
  it('covers as much as any split can, where it may, and no more than is there', () => {
    fc.assert(
      fc.property(cases, ({ supplies, demands }) => {
        const flows = splitCover(supplies, demands);
        for (const [index, flow] of flows.entries()) {
          expect(sum(flow) <= (supplies[index]?.amount ?? 0n)).toBe(true);
          expect(
            flow.every(
              (one, demand) => one >= 0n && (one === 0n || supplies[index]?.covers.includes(demand)),
            ),
          ).toBe(true);
        }
        for (const [demand, wanted] of demands.entries()) {
          expect(sum(flows.map((flow) => flow[demand] ?? 0n)) <= wanted).toBe(true);
        }
        expect(sum(flows.flat())).toBe(mostBySubsets(supplies, demands));
      }),
    );
  });

  it('frees cover with its own receivable and with no other', () => {
    const line = (fact: string, outstanding: bigint) => ({
      fact,
      role: 'receivable',
      amount: 100n,
      outstanding,
    });
    const covers = { fact: 'limit', covers: [{ fact: 'y', amount: 90n }] };
    expect(coverOutstanding(covers, [line('x', 0n), line('y', 100n)])).toBe(90n);
    expect(coverOutstanding(covers, [line('x', 100n), line('y', 33n)])).toBe(30n);
    expect(coverOutstanding(covers, [line('x', 100n), line('y', 0n)])).toBe(0n);
  });
});
