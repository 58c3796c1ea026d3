import fc from 'fast-check';
import type { FactType } from '../api.js';
import { type BalanceRow, type Draw, overdrawnFacts, remaining, type Trade } from './balances.js';
import type { RateTable } from './rates.js';

const noRates: RateTable = new Map();
const types: readonly FactType[] = ['customs-declaration', 'commercial-invoice', 'tax-invoice'];

const row = (fact: string, type: FactType, ceiling: bigint, more: Partial<BalanceRow> = {}): BalanceRow => ({
  fact,
  type,
  link: fact,
  currency: 'USD',
  ceiling,
  consumed: 0n,
  cancelled: false,
  ...more,
});
const draw = (fact: string, amount: bigint): Draw => ({
  claim: `claim-${fact}`,
  owner: 'BankAMSP',
  fact,
  amount,
});
const trade = (rows: BalanceRow[], draws: Draw[] = [], credits: Trade['credits'] = []): Trade => ({
  rows,
  credits,
  draws,
});
const left = (all: Trade, fact: string, rates = noRates) => {
  const found = all.rows.find((one) => one.fact === fact);
  return found && remaining(all, found, rates);
};

describe('balances', () => {
  it('limit a draw by the lowest sum that the types of documents state', () => {
    const goods = trade([
      row('declaration', 'customs-declaration', 100n),
      row('first', 'tax-invoice', 60n),
      row('second', 'tax-invoice', 40n),
    ]);
    expect(['declaration', 'first', 'second'].map((fact) => left(goods, fact))).toEqual([100n, 60n, 40n]);
    const drawn = { ...goods, draws: [draw('declaration', 70n)] };
    expect(['declaration', 'first', 'second'].map((fact) => left(drawn, fact))).toEqual([30n, 30n, 30n]);
  });

  it('are lowered by credit notes, and never below nothing', () => {
    const credit = { fact: 'note', link: 'first', currency: 'USD', amount: 25n, cancelled: false };
    expect(left(trade([row('first', 'tax-invoice', 60n)], [], [credit]), 'first')).toBe(35n);
    expect(
      left(trade([row('first', 'tax-invoice', 60n)], [], [{ ...credit, cancelled: true }]), 'first'),
    ).toBe(60n);
    expect(
      left(trade([row('first', 'tax-invoice', 60n)], [], [{ ...credit, currency: 'EUR' }]), 'first'),
    ).toBe(0n);
    expect(left(trade([row('first', 'tax-invoice', 60n)], [], [{ ...credit, amount: 99n }]), 'first')).toBe(
      0n,
    );
  });

  it('count what a cancelled type stated as zero', () => {
    const goods = trade(
      [
        row('declaration', 'customs-declaration', 100n, { cancelled: true }),
        row('first', 'tax-invoice', 100n),
      ],
      [draw('first', 10n)],
    );
    expect(left(goods, 'first')).toBe(-10n);
    expect(overdrawnFacts(goods, noRates)).toEqual(['first']);
  });

  it('need a rate across currencies, and round what is left down', () => {
    const goods = trade([
      row('declaration', 'customs-declaration', 100n),
      row('first', 'tax-invoice', 1000n, { currency: 'JPY' }),
    ]);
    expect(left(goods, 'first')).toBeUndefined();
    const rate = { currency: 'JPY', base: 'USD', rate: '0.0066', date: '2026-01-01' };
    // USD 1.00 is worth 151.51 yen.
    expect(left(goods, 'first', new Map([['JPY', rate]]))).toBe(151n);
  });

  it('agree with a model that only adds and compares', () => {
    const rows = fc.array(
      fc.record({
        type: fc.constantFrom(...types),
        ceiling: fc.integer({ min: 0, max: 50 }),
        consumed: fc.integer({ min: 0, max: 9 }),
        cancelled: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    const draws = fc.array(fc.record({ on: fc.nat(4), amount: fc.integer({ min: 1, max: 30 }) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, draws, (stated, taken) => {
        const all = trade(
          stated.map(({ type, ceiling, consumed, cancelled }, index) =>
            row(`f${index}`, type, BigInt(ceiling), { consumed: BigInt(consumed), cancelled }),
          ),
          taken
            .filter(({ on }) => on < stated.length)
            .map(({ on, amount }) => draw(`f${on}`, BigInt(amount))),
        );
        const usedOn = (index: number) =>
          (stated[index]?.consumed ?? 0) +
          taken.filter(({ on }) => on === index).reduce((sum, { amount }) => sum + amount, 0);
        const allows = stated.map(({ ceiling, cancelled }) => (cancelled ? 0 : ceiling));
        const sums = [...new Set(stated.map(({ type }) => type))].map((type) =>
          allows.reduce((sum, allowed, index) => (stated[index]?.type === type ? sum + allowed : sum), 0),
        );
        const total = stated.reduce((sum, _, index) => sum + usedOn(index), 0);
        for (const [index, allowed] of allows.entries()) {
          const model = Math.min(allowed - usedOn(index), Math.min(...sums) - total);
          expect(left(all, `f${index}`)).toBe(BigInt(model));
        }
      }),
    );
  });

  it('count once what twins state, and what restated documents state apart', () => {
    const goods = trade([
      row('master', 'bill-of-lading', 100n),
      row('other', 'bill-of-lading', 90n),
      row('house', 'bill-of-lading', 70n, { restates: true }),
      row('house two', 'bill-of-lading', 70n, { restates: true }),
    ]);
    expect(left(goods, 'master')).toBe(100n);
    expect(left({ ...goods, draws: [draw('house', 70n)] }, 'master')).toBe(70n);
    const twins = { ...goods, twins: [['other', 'master'] as const] };
    expect(left({ ...twins, draws: [draw('house', 70n)] }, 'master')).toBe(30n);
    expect(left({ ...twins, draws: [draw('house', 70n)] }, 'other')).toBe(30n);
  });

  it('let the receipts of one lot allow no more than the lot, in whatever unit of mass', () => {
    const lot = row('lot', 'warehouse-receipt', 100_000_000n, { currency: 'TNE' });
    const receipts = ['a', 'b', 'c'].map((fact) =>
      row(fact, 'warehouse-receipt', 100_000_000_000n, { currency: 'KGM', restates: true }),
    );
    const pledged = trade([lot, ...receipts], [draw('a', 99_999_999_000n)]);
    expect(left(pledged, 'b')).toBe(1_000n);
    expect(left(pledged, 'lot')).toBe(1n);
    const released = { ...pledged, rows: [{ ...lot, ceiling: 90_000_000n }, ...receipts] };
    expect(overdrawnFacts(released, noRates)).toEqual(['a']);
    const bags = row('bags', 'warehouse-receipt', 5n, { currency: 'BG' });
    expect(left(trade([lot, bags]), 'bags')).toBe(5n);
  });

  it('of twins agree with a model that walks from one to the next', () => {
    const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 6 });
    const amounts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(pairs, amounts, (linked, stated) => {
        const all = {
          ...trade(stated.map((amount, index) => row(`f${index}`, 'bill-of-lading', BigInt(amount)))),
          twins: linked.map(([one, other]) => [`f${one}`, `f${other}`] as const),
        };
        const reached = (start: number) => {
          const seen = new Set([start]);
          for (const at of seen) {
            for (const pair of linked) if (pair.includes(at)) for (const next of pair) seen.add(next);
          }
          return [...seen].sort();
        };
        const groups = new Map(stated.map((_, index) => [reached(index).join(), reached(index)]));
        const sum = [...groups.values()].reduce(
          (total, group) => total + Math.max(...group.map((index) => stated[index] ?? 0)),
          0,
        );
        for (const [index, amount] of stated.entries()) {
          expect(left(all, `f${index}`)).toBe(BigInt(Math.min(amount, sum)));
        }
        const drawn = { ...all, draws: [draw('f0', 5n)] };
        expect(left(drawn, 'f1')).toBe(BigInt(Math.min(stated[1] ?? 0, sum - 5)));
      }),
    );
  });
});
