import request from 'supertest';
import type { ApiContext } from '../context.js';
import { apiUnderTest } from '../testing/api-under-test.js';
import type { ApiUnderTest } from '../testing/api-under-test.js';
import { newClaim } from '../testing/samples.js';

const page = { 'X-PledgeOnce-Page': '1', 'Sec-Fetch-Site': 'same-origin' };
const key = { 'Idempotency-Key': 'key-0001' };

describe('a session that a browser keeps', () => {
  let api: ApiUnderTest;
  let token: string;
  const placed: unknown[] = [];
  const place: ApiContext['claims']['place'] = (...asked) => {
    placed.push(asked);
    return Promise.reject(new Error('not here'));
  };

  beforeAll(async () => {
    api = await apiUnderTest('BankAMSP', { claims: { place } });
    token = (await api.signIn('officer')).replace('Bearer ', '');
  });
  beforeEach(() => placed.splice(0));
  afterAll(() => api.close());

  const cookie = (name = 'pledgeonce-BankAMSP') => ({ Cookie: `other=1; ${name}=${token}; last=2` });
  const read = (headers: Record<string, string>) => request(api.app).get('/api/v1/claims').set(headers);
  const write = (headers: object) =>
    request(api.app)
      .post('/api/v1/claims')
      .set({ ...key, ...headers })
      .send(newClaim);

  it('is the person’s on a page of this gateway', async () => {
    expect((await read(cookie())).status).toBe(200);
    expect((await read({ ...cookie(), 'Sec-Fetch-Site': 'none' })).status).toBe(200);
    // The network is cut off: the request has come as far as that.
    expect((await write({ ...cookie(), ...page })).status).toBe(500);
    expect(placed).toHaveLength(1);
  });

  it.each([
    ['of another site', { ...page, 'Sec-Fetch-Site': 'cross-site' }],
    ['of another port on the host', { ...page, 'Sec-Fetch-Site': 'same-site' }],
    ['that somebody followed a link to', { ...page, 'Sec-Fetch-Site': 'none' }],
    ['whose form it is', { 'Sec-Fetch-Site': 'same-origin' }],
    ['of another origin, in an older browser', { 'X-PledgeOnce-Page': '1', Origin: 'http://evil.example' }],
    ['without an origin, in an older browser', { 'X-PledgeOnce-Page': '1', Origin: 'null' }],
  ])('changes nothing from a page %s', async (_page, headers) => {
    const response = await write({ ...cookie(), ...headers });
    expect([response.status, response.body]).toMatchObject([403, { code: 'CROSS_SITE' }]);
    expect(placed).toEqual([]);
  });

  it.each(['cross-site', 'same-site'])('is not read for a page that is %s', async (site) => {
    const response = await read({ ...cookie(), 'Sec-Fetch-Site': site });
    expect([response.status, response.body]).toMatchObject([403, { code: 'CROSS_SITE' }]);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect(response.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('gives way to whatever the request itself says of who it is', async () => {
    const other = await api.signIn('viewer', 'vera');
    const mixed = await write({ ...cookie(), ...page, Authorization: other });
    expect([mixed.status, mixed.body]).toMatchObject([403, { code: 'PERMISSION_DENIED' }]);
    const forged = await read({ ...cookie(), Authorization: 'Bearer nonsense' });
    expect(forged.status).toBe(401);
    expect((await read({ ...cookie(), Authorization: 'Basic YTpi' })).status).toBe(401);
  });

  it('is of this organisation only, whatever else the browser keeps for the host', async () => {
    expect((await read(cookie('pledgeonce-BankBMSP'))).status).toBe(401);
    expect((await read(cookie('pledgeonce-BankAMSPx'))).status).toBe(401);
  });

  it('ends with the session', async () => {
    const signOut = await request(api.app)
      .delete('/api/v1/sessions/current')
      .set({ ...cookie(), ...page });
    expect(signOut.status).toBe(204);
    expect(signOut.headers['set-cookie']?.[0]).toMatch(/^pledgeonce-BankAMSP=;.*Expires=Thu, 01 Jan 1970/);
    expect((await read(cookie())).status).toBe(401);
  });
});
