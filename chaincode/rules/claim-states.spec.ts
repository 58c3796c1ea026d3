import { claimStates } from '../api.js';
import { claimVerbs, isOver, nextState } from './claim-states.js';

// One letter per verb, in the order of claimVerbs; a dash where it is refused.
const expected: Readonly<Record<(typeof claimStates)[number], string>> = {
  reserved: 'a---wjx-e-------',
  accepted: '-d--wjx---D----N',
  disbursed: '--pq---F-tD--OTN',
  'partly-repaid': '--pq---F-tD--OTN',
  settled: '----------------',
  withdrawn: '----------------',
  rejected: '----------------',
  expired: '----------------',
  overdue: '--pq-----tD--OTN',
  disputed: '--pq-------b---N',
  transferred: '----------------',
};
const letters = 'adpqwjxFetDbuOTN';

describe('claim states', () => {
  it('allow exactly the listed pairs of state and verb', () => {
    const actual = Object.fromEntries(
      claimStates.map((state) => [
        state,
        claimVerbs
          .map((verb, place) => {
            const next = nextState(state, verb, {
              before: state === 'disputed' ? 'disbursed' : undefined,
              repaid: false,
            });
            return next === undefined ? '-' : letters[place];
          })
          .join(''),
      ]),
    );
    expect(actual).toEqual(Object.fromEntries(claimStates.map((state) => [state, expected[state]])));
  });

  it('end where nothing can happen any more', () => {
    expect(claimStates.filter(isOver)).toEqual([
      'settled',
      'withdrawn',
      'rejected',
      'expired',
      'transferred',
    ]);
  });

  it('return from a dispute to where they were, or to partly repaid', () => {
    expect(nextState('disputed', 'dismiss-dispute', { before: 'accepted', repaid: false })).toBe('accepted');
    expect(nextState('disputed', 'dismiss-dispute', { before: 'disbursed', repaid: true })).toBe(
      'partly-repaid',
    );
    expect(nextState('disputed', 'dismiss-dispute', { before: 'overdue', repaid: true })).toBe('overdue');
  });

  it('let an upheld dispute undo a promise, never a payment', () => {
    expect(nextState('disputed', 'uphold-dispute', { before: 'accepted', repaid: false })).toBe('rejected');
    expect(nextState('disputed', 'uphold-dispute', { before: 'disbursed', repaid: false })).toBeUndefined();
    expect(nextState('disputed', 'repay-all', { before: 'accepted', repaid: false })).toBeUndefined();
  });

  it('run again when an overdue claim gets a later due date', () => {
    expect(nextState('overdue', 'extend-term', { repaid: false })).toBe('disbursed');
    expect(nextState('overdue', 'extend-term', { repaid: true })).toBe('partly-repaid');
  });
});
