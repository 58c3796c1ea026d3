import { pino } from 'pino';
import request from 'supertest';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';
import { newClaim } from './testing/samples.js';

describe('the HTTP side', () => {
  let api: ApiUnderTest;
  let officer: string;

  beforeAll(async () => {
    api = await apiUnderTest('BankAMSP', {
      ledger: {
        submit: () => Promise.reject(new Error('wires crossed')),
        evaluate: () => Promise.reject(new Error('wires crossed')),
        evaluateSigned: () => Promise.reject(new Error('wires crossed')),
      },
    });
    officer = await api.signIn('officer');
  });

  afterAll(() => api.close());

  const key = { 'Idempotency-Key': 'key-0001' };

  it('refuses without a session, with a forged one, and with another organisation’s', async () => {
    const other = await apiUnderTest('BankBMSP', {});
    const tokens = ['', 'Bearer nonsense', await other.signIn('officer')];
    await other.close();
    for (const token of tokens) {
      const response = await request(api.app).get('/api/v1/claims').set('Authorization', token);
      expect([response.status, response.body]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('refuses an object that names a member twice', async () => {
    const response = await request(api.app)
      .post('/api/v1/claims')
      .set({ Authorization: officer, ...key, 'Content-Type': 'application/json' })
      .send('{"amount":{"amount":"1","amount":"2","currency":"USD"}}');
    expect([response.status, response.body]).toMatchObject([400, { code: 'MALFORMED_JSON' }]);
  });

  it('lets no proxy keep what it answers, and tells its counts to this machine only', async () => {
    const { headers } = await request(api.app).get('/api/v1/claims').set('Authorization', officer);
    expect(headers['cache-control']).toBe('no-store');
    expect((await request(api.app).get('/metrics')).status).toBe(200);
    const forwarded = await request(api.app).get('/metrics').set('X-Forwarded-For', '203.0.113.7');
    expect([forwarded.status, forwarded.body]).toMatchObject([403, { code: 'PERMISSION_DENIED' }]);
  });

  it('ends a session at sign-out', async () => {
    const token = await api.signIn('officer');
    const signOut = await request(api.app).delete('/api/v1/sessions/current').set('Authorization', token);
    expect(signOut.status).toBe(204);
    const response = await request(api.app).get('/api/v1/claims').set('Authorization', token);
    expect(response.status).toBe(401);
  });

  it('answers what HTTP itself can get wrong as problems', async () => {
    const post = (headers: object) =>
      request(api.app)
        .post('/api/v1/claims')
        .set({ Authorization: officer, ...key, ...headers });
    const responses = await Promise.all([
      request(api.app).get('/nowhere'),
      request(api.app).put('/api/v1/claims').set('Authorization', officer),
      request(api.app).get('/api/v1/claims').set({ Authorization: officer, Accept: 'image/png' }),
      post({ 'Content-Type': 'text/plain' }).send('amount=1'),
      post({ 'Content-Type': 'application/json' }).send('{"amount"'),
      post({ 'Content-Type': 'application/json' }).send(JSON.stringify('x'.repeat(20_000))),
      post({ 'Idempotency-Key': 'short' }).send(newClaim),
      request(api.app).post('/api/v1/claims').set('Authorization', officer).send(newClaim),
      request(api.app).get('/api/v1/claims?limit=0').set('Authorization', officer),
      request(api.app).get('/api/v1/claims?cursor=abc').set('Authorization', officer),
    ]);
    expect(
      responses.map(({ status, body, type }) => [status, (body as { code: string }).code, type]),
    ).toEqual(
      [
        [404, 'ROUTE_NOT_FOUND'],
        [405, 'METHOD_NOT_ALLOWED'],
        [406, 'NOT_ACCEPTABLE'],
        [415, 'UNSUPPORTED_MEDIA_TYPE'],
        [400, 'MALFORMED_JSON'],
        [413, 'BODY_TOO_LARGE'],
        [400, 'IDEMPOTENCY_KEY_INVALID'],
        [400, 'IDEMPOTENCY_KEY_MISSING'],
        [400, 'INPUT_INVALID'],
        [400, 'CURSOR_INVALID'],
      ].map((expected) => [...expected, 'application/problem+json']),
    );
    expect(responses[1].headers['allow']).toBe('POST, GET');
  });

  it('does not tell the client what went wrong inside', async () => {
    const response = await request(api.app)
      .get(`/api/v1/claims/${'a'.repeat(64)}`)
      .set('Authorization', officer);
    expect([response.status, response.body]).toMatchObject([500, { code: 'INTERNAL' }]);
    expect(response.text).not.toContain('wires');
  });

  it('limits how often one person may verify', async () => {
    const verify = () =>
      request(api.app)
        .post('/api/v1/verifications')
        .set('Authorization', officer)
        .send({ document: {}, particulars: {} });
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt++) statuses.push((await verify()).status);
    expect(statuses).toEqual([400, 400, 400, 429]);
  });

  it('describes itself in OpenAPI 3.1 from the schemas that validate', async () => {
    const response = await request(api.app).get('/openapi.json');
    const document = response.body as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: object };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/sessions',
        '/facts/import',
        '/claims/{id}/transfer/acceptance',
        '/audit/claims/{id}',
      ]),
    );
    expect(document.paths['/claims']).toMatchObject({
      post: {
        requestBody: { content: { 'application/json': { schema: { additionalProperties: false } } } },
        responses: { 201: {}, 202: {}, default: {} },
      },
    });
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Money', 'Claim', 'Problem']),
    );
    // The document is made when it is read for the first time.
  }, 60_000);

  it('is alive and ready, and counts', async () => {
    expect((await request(api.app).get('/livez')).status).toBe(200);
    expect((await request(api.app).get('/readyz')).body).toEqual({
      status: 'ready',
      checks: { peer: true, orderers: true, projection: true, identities: true },
      block: 41,
      lag: 0,
    });
    const { text } = await request(api.app).get('/metrics');
    expect(text).toContain('pledgeonce_http_seconds_count{msp="BankAMSP",method="get",route="/claims"');
  });

  it('tells strangers no more than whether it is ready, where the operator wants it so', async () => {
    const closed = await apiUnderTest('BankAMSP', { readinessFor: 'operators', metricsToken: 'operator' });
    const asked = () => request(closed.app).get('/readyz');
    const stranger = await asked().set('X-Forwarded-For', '192.0.2.7');
    expect([stranger.status, stranger.body]).toEqual([200, { status: 'ready' }]);
    const metrics = await request(closed.app).get('/metrics').set('X-Forwarded-For', '192.0.2.7');
    expect([metrics.status, metrics.text]).toEqual([403, expect.not.stringContaining('pledgeonce_')]);
    const shown = asked().set('X-Forwarded-For', '192.0.2.7').set('Authorization', 'Bearer operator');
    expect((await shown).body).toHaveProperty('lag', 0);
    expect((await asked()).body).toHaveProperty('block', 41);
    await closed.close();
  });

  it('is alive but not ready while the peer is away', async () => {
    const lonely = await apiUnderTest('BankAMSP', { watcher: { connected: false } });
    expect((await request(lonely.app).get('/livez')).status).toBe(200);
    expect((await request(lonely.app).get('/readyz')).status).toBe(503);
    await lonely.close();
  });

  it('writes one line when it is ready no more, and none of the probes in between', async () => {
    const lines: { readonly level: number; readonly msg: string; readonly reasons?: string[] }[] = [];
    const log = pino(
      { level: 'info' },
      { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) },
    );
    const watcher = { connected: true };
    const probed = await apiUnderTest('BankAMSP', { watcher, log });
    const probe = async () => (await request(probed.app).get('/readyz?from=balancer')).status;
    expect([await probe(), await probe()]).toEqual([200, 200]);
    watcher.connected = false;
    expect([await probe(), await probe()]).toEqual([503, 503]);
    watcher.connected = true;
    expect(await probe()).toBe(200);
    expect(lines.map(({ level, msg, reasons }) => [level, msg, reasons])).toEqual([
      [30, 'ready', undefined],
      [40, 'not ready', ["The organisation's own peer does not tell of its blocks."]],
      [30, 'ready', undefined],
    ]);
    await probed.close();
  });
});
