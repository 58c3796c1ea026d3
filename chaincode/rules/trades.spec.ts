import fc from 'fast-check';
import { repaid } from './repayments.js';
import { emptyTrade, lowerDraw, releaseEffect, withoutLapsed } from './trades.js';

const row = {
  fact: 'f',
  type: 'tax-invoice',
  link: 'f',
  currency: 'USD',
  ceiling: 100n,
  consumed: 0n,
  cancelled: false,
} as const;
const draw = { claim: 'c', owner: 'BankAMSP', fact: 'f', amount: 60n } as const;
const trade = { ...emptyTrade, rows: [row], draws: [draw] };

describe('releases', () => {
  it('consume for good or restore, by their reason', () => {
    expect(releaseEffect('proceeds', false)).toBe('consumed');
    expect(releaseEffect('own-funds-late', false)).toBe('consumed');
    expect(releaseEffect('own-funds', false)).toBe('restored');
    expect(releaseEffect('never-disbursed', false)).toBe('restored');
    expect(releaseEffect('proceeds', true)).toBe('restored');
  });

  it('move what is released to the consumed part, or nowhere', () => {
    expect(lowerDraw(trade, 'c', 'f', 20n, 'consumed')).toMatchObject({
      rows: [{ consumed: 40n }],
      draws: [{ amount: 20n }],
    });
    expect(lowerDraw(trade, 'c', 'f', 0n, 'restored')).toMatchObject({ rows: [{ consumed: 0n }], draws: [] });
    expect(lowerDraw(trade, 'other', 'f', 0n, 'consumed')).toBe(trade);
  });

  it('drop a reservation only when it has lapsed by every honest clock', () => {
    const reserved = { ...trade, draws: [{ ...draw, until: 1000 }] };
    expect(withoutLapsed(reserved, 1500, 500).draws).toHaveLength(1);
    expect(withoutLapsed(reserved, 1501, 500).draws).toHaveLength(0);
    expect(withoutLapsed(trade, 1e15, 500)).toBe(trade);
  });
});

describe('repayments', () => {
  const line = fc.record({ amount: fc.bigInt(1n, 10n ** 6n), drawn: fc.bigInt(1n, 10n ** 6n) });

  it('never leave less held than is outstanding in proportion, and end at nothing', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(1000), { maxLength: 5 }),
        (lines, parts) => {
          let state = lines.map(({ amount, drawn }) => ({ amount, drawn, outstanding: amount, held: drawn }));
          const owed = () => state.reduce((sum, { outstanding }) => sum + outstanding, 0n);
          for (const part of parts) {
            const before = owed();
            const amount = (before * BigInt(part)) / 1000n;
            state = repaid(state, amount);
            expect(owed()).toBe(before - amount);
            for (const { amount: whole, drawn, outstanding, held } of state) {
              expect(held * whole >= drawn * outstanding && held <= drawn).toBe(true);
            }
          }
          expect(
            repaid(state, owed()).every(({ held, outstanding }) => held === 0n && outstanding === 0n),
          ).toBe(true);
        },
      ),
    );
  });
});
