import fc from 'fast-check';
import { linesAfter, type RepayableLine } from './repayments.js';

const amount = fc.bigInt(1n, 10n ** 6n);
const whole = (role: RepayableLine['role']) =>
  fc
    .record({ amount, drawn: amount })
    .map((line) => ({ ...line, role, outstanding: line.amount, held: line.drawn }));

/** A claim whose receivables add up to its amount; beside them what insures it and what secures it. */
const claims = fc
  .record({
    receivables: fc.array(whole('receivable'), { minLength: 1, maxLength: 4 }),
    cover: fc.array(whole('cover'), { maxLength: 2 }),
    collateral: fc.array(whole('collateral'), { maxLength: 2 }),
  })
  .map(({ receivables, cover, collateral }) => {
    const total = receivables.reduce((sum, line) => sum + line.amount, 0n);
    const lines = [...cover, ...receivables, ...collateral].map((line, index): RepayableLine => {
      const fact = `fact ${index}`;
      // Each covers one receivable, in turn.
      const covered = `fact ${cover.length + (index % receivables.length)}`;
      return {
        ...line,
        fact,
        ...(line.role === 'cover' && { covers: [{ fact: covered, amount: line.amount }] }),
      };
    });
    return { amount: total, outstanding: total, lines };
  });
const parts = fc.array(fc.nat(1000), { maxLength: 5 });

/** Repays so many thousandths of what is outstanding, one after the other. */
function repaying(
  claim: { amount: bigint; outstanding: bigint; lines: readonly RepayableLine[] },
  thousandths: readonly number[],
  look: (now: typeof claim, before: typeof claim) => void,
): void {
  let state = claim;
  for (const part of [...thousandths, 1000]) {
    const before = state;
    const outstanding = state.outstanding - (state.outstanding * BigInt(part)) / 1000n;
    state = { ...state, outstanding, lines: linesAfter(state, outstanding) };
    look(state, before);
  }
  expect(state.lines.every((line) => line.held === 0n && line.outstanding === 0n)).toBe(true);
}

describe('repayments', () => {
  it('leave the receivables standing for exactly what is outstanding', () => {
    fc.assert(
      fc.property(claims, parts, (claim, thousandths) => {
        repaying(claim, thousandths, ({ outstanding, lines }) => {
          const receivables = lines.filter(({ role }) => role === 'receivable');
          expect(receivables.reduce((sum, line) => sum + line.outstanding, 0n)).toBe(outstanding);
        });
      }),
    );
  });

  it('never leave less held than is outstanding in proportion, and never give back what was released', () => {
    fc.assert(
      fc.property(claims, parts, (claim, thousandths) => {
        repaying(claim, thousandths, ({ lines }, before) => {
          for (const [index, line] of lines.entries()) {
            expect(line.held * line.amount >= line.drawn * line.outstanding).toBe(true);
            expect(line.held <= (before.lines[index]?.held ?? 0n)).toBe(true);
          }
        });
      }),
    );
  });

  it('restore cover in proportion to the receivable that it covers, to less than a minor unit', () => {
    fc.assert(
      fc.property(claims, parts, (claim, thousandths) => {
        repaying(claim, thousandths, ({ lines }) => {
          for (const line of lines.filter(({ role }) => role === 'cover')) {
            const covered = lines.find(({ fact }) => fact === line.covers?.[0]?.fact);
            const { amount: whole = 1n, outstanding = 0n } = covered ?? {};
            const exact = line.amount * outstanding;
            expect(line.outstanding * whole >= exact && (line.outstanding - 1n) * whole < exact).toBe(true);
          }
        });
      }),
    );
  });

  it('keep goods pledged until nothing is outstanding', () => {
    fc.assert(
      fc.property(claims, parts, (claim, thousandths) => {
        repaying(claim, thousandths, ({ outstanding, lines }) => {
          for (const line of lines.filter(({ role }) => role === 'collateral')) {
            expect(line.held).toBe(outstanding === 0n ? 0n : line.drawn);
          }
        });
      }),
    );
  });
});
