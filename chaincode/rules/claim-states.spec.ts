import { claimStates } from '../api.js';
import { type ClaimPast, claimVerbs, isOver, nextState } from './claim-states.js';

// One letter per verb, in the order of claimVerbs; a dash where it is refused.
const letters = 'adpqswjxFetDbuOTHNMLBCGPRn';
const expected: Readonly<Record<(typeof claimStates)[number], string>> = {
  reserved: 'a----wjx-e-D------M-------',
  accepted: '-d---wjx---D-----NM------n',
  disbursed: '--pqs---F-tD--OTHNMLBCGPRn',
  'partly-repaid': '--pqs---F-tD--OTHNMLBCG-Rn',
  settled: '----s-------------------R-',
  withdrawn: '--------------------------',
  rejected: '--pqs-------------------R-',
  expired: '--------------------------',
  overdue: '--pqs-----tD--OTHNMLBCGPRn',
  disputed: '--pqs---F--Dbu---N--------',
  transferred: '--------------------------',
  'assigned-to-collector': '--pqs------D-----N-LB-G-Rn',
  repurchased: '----s-------------------R-',
  'written-off': '--pqs-------------------R-',
};
const lent: ClaimPast = { paidOut: true, repaid: 'nothing' };
const promised: ClaimPast = { paidOut: false, repaid: 'nothing' };

describe('claim states', () => {
  it('allow exactly the listed pairs of state and verb', () => {
    const actual = Object.fromEntries(
      claimStates.map((state) => [
        state,
        claimVerbs
          .map((verb, place) => {
            const next = nextState(state, verb, {
              ...lent,
              ...(state === 'disputed' && { before: 'disbursed' }),
            });
            return next === undefined ? '-' : letters[place];
          })
          .join(''),
      ]),
    );
    expect(actual).toEqual(Object.fromEntries(claimStates.map((state) => [state, expected[state]])));
  });

  it('end where the claim draws on nothing any more', () => {
    expect(claimStates.filter(isOver)).toEqual([
      'settled',
      'withdrawn',
      'rejected',
      'expired',
      'transferred',
      'repurchased',
      'written-off',
    ]);
  });

  it('return from a dispute to where they were, to partly repaid, or to the end', () => {
    const after = (before: ClaimPast['before'], past: ClaimPast) =>
      nextState('disputed', 'end-dispute', { ...past, before });
    expect(after('reserved', promised)).toBe('reserved');
    expect(after('accepted', promised)).toBe('accepted');
    expect(after('disbursed', lent)).toBe('disbursed');
    expect(after('disbursed', { ...lent, repaid: 'part' })).toBe('partly-repaid');
    expect(after('overdue', { ...lent, repaid: 'part' })).toBe('overdue');
    for (const before of ['disbursed', 'overdue'] as const) {
      expect(after(before, { ...lent, repaid: 'all' })).toBe('settled');
    }
  });

  it('let a dispute be upheld in every state that it can be opened in', () => {
    for (const before of claimStates) {
      const past = ['reserved', 'accepted'].includes(before) ? promised : lent;
      if (nextState(before, 'dispute', past) === undefined) continue;
      expect(nextState('disputed', 'uphold-dispute', { ...past, before })).toBe('rejected');
      expect(nextState('disputed', 'end-dispute', { ...past, before })).toBe(before);
    }
  });

  it('let time pass in a dispute as outside it', () => {
    const inDispute = (verb: 'expire' | 'fall-due', before: ClaimPast['before'], past: ClaimPast) =>
      nextState('disputed', verb, { ...past, before });
    expect(inDispute('expire', 'accepted', promised)).toBe('expired');
    expect(inDispute('expire', 'disbursed', lent)).toBeUndefined();
    expect(inDispute('fall-due', 'disbursed', lent)).toBe('disputed');
    expect(inDispute('fall-due', 'overdue', lent)).toBeUndefined();
    expect(inDispute('fall-due', 'accepted', promised)).toBeUndefined();
  });

  it('tell a debtor of nothing that nobody has confirmed, in a dispute or outside one', () => {
    expect(nextState('reserved', 'notify-debtor', promised)).toBeUndefined();
    expect(nextState('disputed', 'notify-debtor', { ...promised, before: 'reserved' })).toBeUndefined();
    expect(nextState('disputed', 'notify-debtor', { ...promised, before: 'accepted' })).toBe('disputed');
  });

  it('take no money back that was not paid out, and late money wherever it was', () => {
    for (const state of claimStates) expect(nextState(state, 'repay-all', promised)).toBeUndefined();
    expect(nextState('settled', 'book-surplus', { ...lent, repaid: 'all' })).toBe('settled');
    expect(nextState('rejected', 'repay-part', { ...lent, repaid: 'part' })).toBe('rejected');
    expect(nextState('partly-repaid', 'book-surplus', { ...lent, repaid: 'part' })).toBe('partly-repaid');
  });

  it('go back, after a repayment that never came, to where the claim would be', () => {
    const after = (state: (typeof claimStates)[number], past: ClaimPast) =>
      nextState(state, 'reverse-repayment', past);
    for (const state of ['settled', 'repurchased', 'partly-repaid'] as const) {
      expect(after(state, { ...lent, repaid: 'part' })).toBe('partly-repaid');
      expect(after(state, lent)).toBe('disbursed');
    }
    for (const state of ['settled', 'repurchased'] as const) {
      // Only a surplus was taken back.
      expect(after(state, { ...lent, repaid: 'all' })).toBe(state);
      expect(after(state, { ...lent, collected: true })).toBe('assigned-to-collector');
    }
    expect(after('overdue', lent)).toBe('overdue');
    expect(after('settled', { paidOut: false, repaid: 'all' })).toBeUndefined();
  });

  it('run again when an overdue claim gets a later due date', () => {
    expect(nextState('overdue', 'extend-term', lent)).toBe('disbursed');
    expect(nextState('overdue', 'extend-term', { ...lent, repaid: 'part' })).toBe('partly-repaid');
  });
});
