import fc from 'fast-check';
import { dueToHold, linesAfter, type RepayableLine } from './repayments.js';

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
    const repaid = (state.outstanding * BigInt(part)) / 1000n;
    state = { ...state, outstanding: state.outstanding - repaid, lines: linesAfter(state, repaid) };
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

  it('go to the receivable that was paid, and to no other', () => {
    fc.assert(
      fc.property(claims, fc.nat(3), fc.nat(1000), (claim, place, part) => {
        const receivables = claim.lines.filter(({ role }) => role === 'receivable');
        const paid = receivables[place % receivables.length];
        if (paid === undefined) throw new Error('no receivable');
        const repaid = (paid.outstanding * BigInt(part)) / 1000n;
        const lines = linesAfter(claim, repaid, { paid: [paid] });
        for (const [index, line] of lines.entries()) {
          const before = claim.lines[index];
          if (line.role !== 'receivable') continue;
          const expected = before === paid ? paid.outstanding - repaid : before?.outstanding;
          expect(line.outstanding).toBe(expected);
          expect(line.held).toBe(dueToHold(line));
        }
      }),
    );
  });

  it('give back later what a line kept, whatever was repaid in between', () => {
    fc.assert(
      fc.property(claims, fc.nat(1000), fc.nat(1000), (claim, first, second) => {
        const one = (claim.outstanding * BigInt(first)) / 1000n;
        const kept = linesAfter(claim, one, { keeps: () => true });
        expect(kept.map(({ held }) => held)).toEqual(claim.lines.map(({ held }) => held));
        const between = { ...claim, outstanding: claim.outstanding - one, lines: kept };
        const two = (between.outstanding * BigInt(second)) / 1000n;
        const lines = linesAfter(between, two);
        for (const [index, line] of lines.entries()) {
          const due = dueToHold(line);
          const was = dueToHold(kept[index] ?? line);
          // What the second repayment freed has gone; what was kept is still above what is due.
          expect(line.held).toBe((claim.lines[index]?.held ?? 0n) - (was - due));
          expect(line.held >= due).toBe(true);
        }
      }),
    );
  });
});
