import { claimStates } from '../api.js';
import { type TimedClaim, timeUp } from './claim-times.js';
import { transitions } from './claim-states.js';

const dueDate = '2026-06-30';
const expiresAt = Date.parse('2026-06-03T09:00:00Z');
const midnight = Date.parse('2026-07-01T00:00:00Z');
const claim = (state: TimedClaim['state'], more: Partial<TimedClaim> = {}): TimedClaim => ({
  state,
  dueDate,
  outstanding: 100n,
  ...more,
});

describe('the time of a claim', () => {
  it('is up at the expiry of a reservation or promise, and after the day on which a loan is due', () => {
    expect(timeUp(claim('reserved', { expiresAt }))).toEqual({ verb: 'expire', at: expiresAt });
    expect(timeUp(claim('accepted', { expiresAt }))).toEqual({ verb: 'expire', at: expiresAt });
    expect(timeUp(claim('disbursed'))).toEqual({ verb: 'fall-due', at: midnight });
    expect(timeUp(claim('partly-repaid'))).toEqual({ verb: 'fall-due', at: midnight });
    expect(timeUp(claim('reserved'))).toBeUndefined();
  });

  it('runs on in a dispute, which has an end itself', () => {
    const until = Date.parse('2026-06-20T00:00:00Z');
    const disputed = (before: TimedClaim['state'], more: Partial<TimedClaim> = {}) =>
      timeUp(claim('disputed', { ...more, dispute: { before, until } }));
    expect(disputed('accepted', { expiresAt })).toEqual({ verb: 'expire', at: expiresAt });
    expect(disputed('accepted', { expiresAt: until + 1 })).toEqual({ verb: 'end-dispute', at: until });
    expect(disputed('disbursed', { dueDate: '2026-06-10' })).toMatchObject({ verb: 'fall-due' });
    expect(disputed('disbursed')).toEqual({ verb: 'end-dispute', at: until });
    expect(disputed('overdue', { dueDate: '2026-06-10' })).toEqual({ verb: 'end-dispute', at: until });
    // Repaid in the dispute: nothing can be late any more.
    expect(disputed('disbursed', { dueDate: '2026-06-10', outstanding: 0n })).toMatchObject({
      verb: 'end-dispute',
    });
  });

  it('does to a claim nothing that its state does not allow', () => {
    for (const state of claimStates) {
      const up = timeUp(claim(state, { expiresAt }));
      expect(up === undefined || Object.keys(transitions[state]).includes(up.verb)).toBe(true);
    }
  });
});
