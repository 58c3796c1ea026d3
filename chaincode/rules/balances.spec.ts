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
});
