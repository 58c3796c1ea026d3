import { cameToNothing, standingProposal } from './proposals.js';

const at = '2026-03-10T08:00:00.000Z';
const until = '2026-03-17T08:00:00.000Z';
const proposal = { kind: 'role' as const, role: 'approver' as const, by: 'anna', at };

describe('what waits for a second admin', () => {
  it('can be confirmed for seven days, and then has lapsed', () => {
    const [before, then] = [Date.parse(until) - 1, Date.parse(until)];
    expect(standingProposal({ proposal }, before)).toBe(proposal);
    expect(cameToNothing({ proposal }, before)).toBeUndefined();
    expect(standingProposal({ proposal }, then)).toBeUndefined();
    expect(cameToNothing({ proposal }, then)).toEqual({ ...proposal, outcome: 'lapsed', at: until });
  });

  it('was returned, until there is another', () => {
    const returned = { ...proposal, returnedBy: 'ben', reason: 'No.', at: '2026-03-11T08:00:00.000Z' };
    const now = Date.parse(at) + 1;
    expect(cameToNothing({ returned }, now)).toEqual({ ...returned, outcome: 'returned' });
    expect(cameToNothing({ returned, proposal }, now)).toBeUndefined();
  });
});
