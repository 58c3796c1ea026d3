import fc from 'fast-check';
import { type ReleaseReason, releaseReasons } from './claim-ends.js';
import { type Entry, standingAfter, type StandingLine } from './standing.js';

const amount = fc.bigInt(1n, 10n ** 6n);
const lines = fc
  .array(fc.record({ amount, drawn: amount, role: fc.constantFrom('receivable', 'collateral') }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.map((line, index): StandingLine => ({
      ...line,
      // At least one receivable.
      role: index === 0 ? 'receivable' : line.role,
      fact: `fact ${index}`,
      outstanding: 0n,
      held: 0n,
      revolving: line.role === 'collateral' && index > 0,
    })),
  );
const claims = lines.map((all) => ({
  lines: all,
  amount: all.reduce((sum, line) => (line.role === 'receivable' ? sum + line.amount : sum), 0n),
}));
/** Repayments of a thousandth to all of a claim, some of one receivable alone. */
const parts = fc.array(
  fc.record({
    thousandths: fc.integer({ min: 1, max: 1000 }),
    ofFirst: fc.boolean(),
    effect: fc.constantFrom(...releaseReasons),
    used: fc.bigInt(0n, 1000n),
  }),
  { minLength: 1, maxLength: 6 },
);

interface Part {
  readonly thousandths: number;
  readonly ofFirst: boolean;
  readonly effect: ReleaseReason;
  readonly used: bigint;
}

type Claim = { readonly amount: bigint; readonly lines: readonly StandingLine[] };

function entriesOf({ amount: all, lines: [first] }: Claim, wanted: readonly Part[]): Entry[] {
  return wanted.map(({ thousandths, ofFirst, effect, used }) => ({
    amount: ((ofFirst ? (first?.amount ?? all) : all) * BigInt(thousandths)) / 1000n + 1n,
    ...(ofFirst && { to: [0] }),
    effect,
    used,
  }));
}

describe('where a claim stands after its repayments', () => {
  it('owes no less, and holds no less of a document, without one of them', () => {
    fc.assert(
      fc.property(claims, parts, fc.nat(), (claim, wanted, pick) => {
        const entries = entriesOf(claim, wanted);
        const left = entries.filter((_entry, place) => place !== pick % entries.length);
        const [before, after] = [standingAfter(claim, entries), standingAfter(claim, left)];
        expect(after.outstanding >= before.outstanding).toBe(true);
        if (entries.some(({ to }) => to !== undefined)) return;
        for (const [place, line] of after.lines.entries()) {
          expect(line.held >= (before.lines[place]?.held ?? 0n)).toBe(true);
        }
      }),
    );
  });

  it('never uses up and holds more of a document than the claim drew of it, beside a surplus', () => {
    fc.assert(
      fc.property(claims, parts, (claim, wanted) => {
        const { lines: now, consumed, surpluses } = standingAfter(claim, entriesOf(claim, wanted));
        const used = surpluses.reduce((sum, one) => sum + one.used, 0n);
        for (const [place, line] of now.entries()) {
          expect(line.held + (consumed[place] ?? 0n) <= line.drawn + (place === 0 ? used : 0n)).toBe(true);
        }
      }),
    );
  });

  it('turns what was a surplus into a repayment where the one before it never came', () => {
    const line: StandingLine = {
      role: 'receivable',
      fact: 'f',
      amount: 100n,
      drawn: 100n,
      outstanding: 0n,
      held: 0n,
      revolving: false,
    };
    const entry = { amount: 100n, to: [0], effect: 'proceeds', used: 40n } as const;
    const claim = { amount: 100n, lines: [line] };
    expect(standingAfter(claim, [{ ...entry, used: undefined }, entry])).toMatchObject({
      outstanding: 0n,
      consumed: [140n],
      surpluses: [
        { surplus: 0n, used: 0n },
        { surplus: 100n, used: 40n },
      ],
    });
    expect(standingAfter(claim, [entry])).toMatchObject({
      outstanding: 0n,
      consumed: [100n],
      surpluses: [{ surplus: 0n, used: 0n }],
    });
  });
});
