import request from 'supertest';
import { isTooDeep } from './depth.js';
import { apiUnderTest } from '../testing/api-under-test.js';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('depth', () => {
  it('is counted without recursion, in lists and objects alike', () => {
    expect(isTooDeep(JSON.parse(nested(50)))).toBe(false);
    expect(isTooDeep(JSON.parse(nested(5_000)))).toBe(true);
    expect(isTooDeep(JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`))).toBe(true);
    expect(isTooDeep(undefined)).toBe(false);
    expect(isTooDeep(Array.from({ length: 5_000 }, () => ({ list: [] })))).toBe(false);
  });

  it('is refused as malformed in an ordinary request', async () => {
    const api = await apiUnderTest('BankAMSP', {});
    const answer = await request(api.app)
      .post('/api/v1/claims')
      .set({ Authorization: await api.signIn('officer'), 'Idempotency-Key': 'deep-0001' })
      .type('application/json')
      .send(`{"lines":${nested(4_900)}}`);
    await api.close();
    expect([answer.status, answer.body]).toMatchObject([400, { code: 'MALFORMED_JSON' }]);
  });
});
