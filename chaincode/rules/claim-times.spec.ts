import { claimStates } from '../api.js';
import { timeUp } from './claim-times.js';
import { transitions } from './claim-states.js';

const dueDate = '2026-06-30';
const expiresAt = Date.parse('2026-06-03T09:00:00Z');
const midnight = Date.parse('2026-07-01T00:00:00Z');

describe('the time of a claim', () => {
  it('is up at the expiry of a reservation, and after the day on which a loan is due', () => {
    expect(timeUp({ state: 'reserved', expiresAt, dueDate })).toEqual({ verb: 'expire', at: expiresAt });
    expect(timeUp({ state: 'accepted', expiresAt, dueDate })).toEqual({ verb: 'expire', at: midnight });
    expect(timeUp({ state: 'disbursed', dueDate })).toEqual({ verb: 'fall-due', at: midnight });
    expect(timeUp({ state: 'partly-repaid', dueDate })).toEqual({ verb: 'fall-due', at: midnight });
    expect(timeUp({ state: 'reserved', dueDate })).toBeUndefined();
  });

  it('does to a claim nothing that its state does not allow', () => {
    for (const state of claimStates) {
      const up = timeUp({ state, expiresAt, dueDate });
      expect(up === undefined || Object.keys(transitions[state]).includes(up.verb)).toBe(true);
    }
  });
});
