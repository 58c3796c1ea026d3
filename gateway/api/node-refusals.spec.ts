import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { apiUnderTest, type ApiUnderTest } from './testing/api-under-test.js';

const seen = { firstAt: '2026-11-29T08:00:00.000Z', info: 'BankAMSP hands in too much' };

describe('what the door of the organisation refused', () => {
  let folder: string;
  let file: string;
  const apis: ApiUnderTest[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-refusals-'));
    file = join(folder, 'refused.json');
  });
  afterEach(async () => {
    await Promise.all(apis.splice(0).map((api) => api.close()));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function ask(role: 'auditor' | 'admin' | 'officer', refusedAtDoor?: string) {
    const api = await apiUnderTest('RegulatorMSP', { refusedAtDoor });
    apis.push(api);
    return request(api.app)
      .get('/api/v1/nodes/refusals')
      .set('authorization', await api.signIn(role));
  }

  it('is told member by member with its reason, the latest first', async () => {
    const flood = { mspId: 'BankAMSP', reason: 'too-much', count: 41, lastAt: '2026-11-29T08:01:00.000Z' };
    const stranger = { reason: 'unsigned', count: 1, lastAt: '2026-11-29T09:00:00.000Z' };
    await writeFile(file, JSON.stringify({ refused: [flood, stranger].map((one) => ({ ...one, ...seen })) }));
    for (const role of ['auditor', 'admin'] as const) {
      const answer = await ask(role, file);
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          door: true,
          items: [
            { ...stranger, ...seen },
            { ...flood, ...seen },
          ],
        },
      ]);
    }
  });

  it('is nothing before the door has refused anything, and where there is no door', async () => {
    expect((await ask('admin', join(folder, 'none.json'))).body).toEqual({ door: true, items: [] });
    expect((await ask('admin')).body).toEqual({ door: false, items: [] });
  });

  it('is not for clerks, and is no guess where the file is not a door’s', async () => {
    const refused = await ask('officer', file);
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.objectContaining({ code: 'PERMISSION_DENIED' }),
    ]);
    await writeFile(file, '{"refused":[{"count":"many"}]}');
    expect((await ask('admin', file)).status).toBe(500);
  });
});
