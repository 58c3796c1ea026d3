import request from 'supertest';
import { BoundedCounts } from './rate-limit.js';
import { apiUnderTest } from '../testing/api-under-test.js';
import type { ApiUnderTest } from '../testing/api-under-test.js';

const limits = {
  bodyBytes: 10_000,
  importItemBytes: 1_000,
  requestsPerMinute: 4,
  strangersPerMinute: 3,
  signInsPerMinute: 1_000,
  verificationsPerMinute: 3,
  missesPerPerson: 1_000,
  missesPerOrganisation: 1_000,
  openingsPerMinute: 3,
  streamsPerPerson: 2,
};

describe('limits', () => {
  let api: ApiUnderTest;
  beforeEach(async () => {
    api = await apiUnderTest('BankAMSP', { limits });
  });
  afterEach(() => api.close());

  const get = async (authorization: string) =>
    (await request(api.app).get('/api/v1/claims').set('Authorization', authorization)).status;

  it('count a person, not a session nor the spelling of a header', async () => {
    const first = await api.signIn('officer');
    const second = await api.signIn('officer');
    const spelt = (token: string) => token.replace('Bearer', 'bEaReR');
    expect([await get(first), await get(spelt(first)), await get(second), await get(spelt(second))]).toEqual([
      200, 200, 200, 200,
    ]);
    expect([await get(first), await get(await api.signIn('officer'))]).toEqual([429, 429]);
    expect(await get(await api.signIn('approver'))).toBe(200);
  });

  it('count strangers by their address, and nobody else who shares it', async () => {
    const token = await api.signIn('officer');
    // A changed last character is another token, and still a stranger's.
    const made = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${token.slice(0, -3)}${letter}xx`);
    const statuses: number[] = [];
    for (const one of made) statuses.push(await get(one));
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(await get(token)).toBe(200);
  });
});

describe('counts', () => {
  it('stay within their bound, whatever names are invented', () => {
    const counts = new BoundedCounts(100);
    for (let index = 0; index < 10_000; index++) counts.increment(`invented-${index}`);
    expect(counts.size).toBe(100);
    expect(counts.increment('invented-9999').totalHits).toBe(2);
  });

  it('begin anew when their time is over', () => {
    let now = 0;
    const counts = new BoundedCounts(100, () => now);
    counts.increment('one');
    expect(counts.increment('one').totalHits).toBe(2);
    now = 60_000;
    expect(counts.increment('one').totalHits).toBe(1);
  });
});
