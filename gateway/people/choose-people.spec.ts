import { choosePeople } from './choose-people.js';
import type { PersonRecord } from './person-record.js';

const now = Date.parse('2026-07-01T00:00:00.000Z');
const person = (id: string, more: Partial<PersonRecord>): PersonRecord => ({
  id,
  role: 'officer',
  state: 'active',
  since: '2026-01-01T00:00:00.000Z',
  secretAt: 'gateway',
  version: 1,
  errands: [],
  wrongAtAuthority: 0,
  requests: [],
  ...more,
});
const people = [
  person('busy', {
    signedInAt: '2026-06-30T08:00:00.000Z',
    certificateEndsAt: '2027-01-01T00:00:00.000Z',
  }),
  person('ending', {
    signedInAt: '2026-06-01T08:00:00.000Z',
    certificateEndsAt: '2026-08-29T00:00:00.000Z',
  }),
  person('ended', { signedInAt: '2025-06-01T08:00:00.000Z', certificateEndsAt: '2026-06-01T00:00:00.000Z' }),
  person('never-came', {}),
  person('new', { since: '2026-06-20T00:00:00.000Z' }),
  person('invited', { state: 'invited' }),
  person('gone', { state: 'removed', certificateEndsAt: '2026-06-01T00:00:00.000Z' }),
];
const chosen = (wish: Parameters<typeof choosePeople>[1]) =>
  choosePeople(people, wish, now).map(({ id }) => id);

describe('people whom an admin looks for', () => {
  it.each([
    ['everybody', {}, people.map(({ id }) => id)],
    ['by state', { state: 'removed' as const }, ['gone']],
    ['by a certificate near its end, or past it', { certificateEndsWithinDays: 60 }, ['ending', 'ended']],
    ['by one that has ended', { certificateEndsWithinDays: 0 }, ['ended']],
    ['without a sign-in for so long', { withoutSignInDays: 90 }, ['ended', 'never-came']],
    ['by both', { withoutSignInDays: 20, certificateEndsWithinDays: 60 }, ['ending', 'ended']],
    ['by a state that has no certificate', { state: 'invited' as const, certificateEndsWithinDays: 60 }, []],
  ])('are found %s', (_, wish, ids) => {
    expect(chosen(wish)).toEqual(ids);
  });
});
