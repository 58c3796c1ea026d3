import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { AllowedAddresses } from '../webhooks/allowed-addresses.js';
import { SigningKeys } from '../webhooks/signing-key.js';
import { WebhookStore } from '../webhooks/webhook-store.js';
import { apiUnderTest, type ApiUnderTest } from './testing/api-under-test.js';

const one = '91330200MA2CKXQ85H';
const other = '91350100M000100Y43';

/** Who manages webhooks at the portal, which many enterprises share. */
describe('webhooks at the portal', () => {
  let folder: string;
  let store: DurableStore;
  let webhooks: WebhookStore;
  let api: ApiUnderTest;
  let portal: string;
  let count = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-portal-hooks-'));
    store = await LevelStore.open(folder);
    webhooks = await WebhookStore.open(store);
    api = await apiUnderTest('EnterpriseMSP', {
      webhooks,
      allowedAddresses: new AllowedAddresses(['127.0.0.0/8']),
      signingKeys: new SigningKeys(Buffer.alloc(32, 7)),
    });
    portal = await api.signIn('admin');
  });
  afterEach(async () => {
    await api.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const post = (body: object, by = portal) =>
    request(api.app)
      .post('/api/v1/webhooks')
      .set({ authorization: by, 'idempotency-key': `hook-${String((count += 1)).padStart(12, '0')}` })
      .send({ url: 'https://127.0.0.1/hook', ...body });
  const list = async (by = portal) => {
    const answer = await request(api.app).get('/api/v1/webhooks').set('authorization', by);
    return (answer.body as { items: { id: string; uscc?: string }[] }).items;
  };

  it('are managed by its admin: the portal’s own, and those of each enterprise', async () => {
    const own = await post({});
    expect([own.status, own.body]).toEqual([
      201,
      expect.not.objectContaining({ uscc: expect.anything() as unknown }),
    ]);
    const ofOne = await post({ uscc: one });
    expect([ofOne.status, ofOne.body]).toEqual([201, expect.objectContaining({ uscc: one })]);
    expect(webhooks.all.map(({ enterprise }) => enterprise)).toEqual([undefined, one]);
    expect((await list()).map(({ uscc }) => uscc)).toEqual([undefined, one]);
  });

  it('are, to an admin of one enterprise, its own and no others', async () => {
    await post({});
    await post({ uscc: other });
    const admin = await api.signIn('admin', 'admin-of-one', one);
    const made = await post({}, admin);
    expect(made.body).toMatchObject({ uscc: one });
    expect((await list(admin)).map(({ uscc }) => uscc)).toEqual([one]);
    const foreign = webhooks.all.find(({ enterprise }) => enterprise === other)?.id ?? '';
    const { status } = await request(api.app).get(`/api/v1/webhooks/${foreign}`).set('authorization', admin);
    expect(status).toBe(404);
    const refused = await post({ uscc: other }, admin);
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.objectContaining({ code: 'OTHER_ENTERPRISE', field: 'uscc' }),
    ]);
    expect(webhooks.all).toHaveLength(3);
  });

  it('are refused to officers, and for what is no registered number; nothing is kept', async () => {
    const officer = await api.signIn('officer', 'exporter-1', one);
    expect((await post({}, officer)).body).toMatchObject({ code: 'PERMISSION_DENIED' });
    const wrong = await post({ uscc: `${one.slice(0, -1)}G` });
    expect([wrong.status, wrong.body]).toEqual([
      400,
      expect.objectContaining({ code: 'INPUT_INVALID', field: 'uscc' }),
    ]);
    expect(webhooks.all).toEqual([]);
  });

  it('are twenty for each enterprise, and twenty of the portal', async () => {
    for (let made = 0; made < 20; made++) expect((await post({ uscc: one })).status).toBe(201);
    expect((await post({ uscc: one })).body).toMatchObject({ status: 409, code: 'TOO_MANY_WEBHOOKS' });
    expect((await post({ uscc: other })).status).toBe(201);
    expect((await post({})).status).toBe(201);
    expect(webhooks.all).toHaveLength(22);
  });
});
