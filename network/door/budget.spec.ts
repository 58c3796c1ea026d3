import fc from 'fast-check';
import { Budget } from './budget.js';

const allowance = { bytesPerSecond: 1_000, envelopesPerSecond: 10 };

describe('what a member may hand in', () => {
  it('is a burst, and then so much a second', () => {
    const budget = new Budget(allowance);
    const count = (now: number) => {
      let taken = 0;
      while (budget.take('A', 10, now)) taken++;
      return taken;
    };
    expect(count(0)).toBe(100);
    expect(count(0)).toBe(0);
    expect(count(1_000)).toBe(10);
    expect(count(1_000_000)).toBe(100);
  });

  it('is counted in bytes too, and a refused envelope takes nothing', () => {
    const budget = new Budget(allowance);
    expect(budget.take('A', 9_000, 0)).toBe(true);
    expect(budget.take('A', 1_001, 0)).toBe(false);
    expect(budget.take('A', 1_000, 0)).toBe(true);
  });

  it('is its own: what another one hands in never lessens it', () => {
    const steps = fc.array(
      fc.record({ who: fc.constantFrom('A', 'B'), bytes: fc.nat(3_000), after: fc.nat(400) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const [together, alone] = [new Budget(allowance), new Budget(allowance)];
        let now = 0;
        const timed = all.map((step) => ({ ...step, at: (now += step.after) }));
        const ofA = timed
          .map((step) => ({ ...step, taken: together.take(step.who, step.bytes, step.at) }))
          .filter(({ who }) => who === 'A');
        expect(ofA.map(({ taken }) => taken)).toEqual(ofA.map(({ bytes, at }) => alone.take('A', bytes, at)));
      }),
    );
  });

  it('never exceeds the burst and the rate, whatever the clock does', () => {
    const steps = fc.array(fc.record({ bytes: fc.nat(2_000), now: fc.nat(20_000) }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (all) => {
        const budget = new Budget(allowance);
        const times = all.map(({ now }) => now);
        // A clock that goes back and forth passes the same time again.
        const passed = times.reduce(
          (sum, now, index) => sum + Math.max(0, now - (times[index - 1] ?? now)),
          0,
        );
        const taken = all.filter(({ bytes, now }) => budget.take('A', bytes, now));
        const bytes = taken.reduce((sum, one) => sum + one.bytes, 0);
        expect(bytes).toBeLessThanOrEqual(10_000 + passed + 1);
        expect(taken.length).toBeLessThanOrEqual(100 + passed / 100 + 1);
      }),
    );
  });
});
