import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { apiUnderTest } from '../api/testing/api-under-test.js';
import type { ApiContext } from '../api/context.js';
import type { ApiUnderTest } from '../api/testing/api-under-test.js';
import { PublicUrl } from '../doors/public-url.js';
import { TlsAuthority } from '../doors/testing/tls-authority.js';
import type { End } from '../doors/testing/tls-authority.js';
import { TlsDoor } from '../doors/tls-door.js';
import { nothingSaid } from '../people/authority-word.js';
import { mayActBy } from '../people/may-act.js';
import { SessionStore } from '../people/session-store.js';
import { IdentityStore } from '../people/wallet.js';
import { CleanUps } from '../start/clean-ups.js';
import { listen } from '../start/listen.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { MachineCertificates } from './machine-certificates.js';
import { MachineDesk } from './machine-desk.js';
import { MachineRegister } from './machine-register.js';
import { SeenAssertions } from './seen-assertions.js';
import { AuthorityInMemory } from './testing/authority-in-memory.js';
import { MachineClient } from './testing/machine-client.js';
import { TokenDesk } from './token-desk.js';

const log = pino({ level: 'silent' });
const mspId = 'BankAMSP';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const tokenAnswer = z
  .object({ access_token: z.string(), expires_in: z.number(), scope: z.string() })
  .transform((answer) => ({
    token: answer.access_token,
    seconds: answer.expires_in,
    scope: answer.scope,
  }));

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage['headers'];
}

describe('machines, over mutual TLS, with their own keys', () => {
  let folder: string;
  let store: DurableStore;
  let tls: TlsAuthority;
  let authority: AuthorityInMemory;
  let api: ApiUnderTest;
  let cleanUps: CleanUps;
  let url: string;
  let desk: MachineDesk;
  let wantsTwo: boolean;
  const written: string[] = [];
  const admin = { id: 'admin', mspId, kind: 'bank', role: 'admin' } as const;
  let session: ReturnType<SessionStore['find']> & object;
  let other: typeof session;
  const tokens: Record<'admin' | 'other', string> = { admin: '', other: '' };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-machines-'));
    store = await LevelStore.open(join(folder, 'people'));
    tls = await TlsAuthority.open();
    authority = new AuthorityInMemory();
    cleanUps = new CleanUps();
    wantsTwo = false;
    written.length = 0;
    const machines = await MachineRegister.open(store);
    const sessions = new SessionStore({ idleMs: 60_000, mostMs: 600_000 });
    const enter = (id: string) => {
      const { token } = sessions.start({ ...admin, id }, { mspId, certificate: '', privateKey: '' });
      const found = sessions.find(token);
      if (found === undefined) throw new Error('no session');
      return { token, found };
    };
    ({ token: tokens.admin, found: session } = enter('admin'));
    ({ token: tokens.other, found: other } = enter('admin2'));
    const asked = mayActBy(sessions, { find: (id) => machines.standing(id) }, () => ({
      word: nothingSaid,
      revoked: new Set<string>(),
    }));
    const mayAct: typeof asked = (one) => (one.machine === undefined ? undefined : asked(one));
    const certificates = new MachineCertificates({
      store: new IdentityStore(join(folder, 'machines'), Buffer.alloc(32, 7)),
      authority: authority.parts,
      services: { registrar: () => Promise.resolve({ mspId, certificate: '', privateKey: '' }) },
      log,
    });
    const people = {
      write: ({ kind, person }: { kind: string; person: string }) => {
        written.push(`${kind} ${person}`);
        return Promise.resolve();
      },
    };
    const publicUrl = new PublicUrl();
    const profile = { channel: 'trade' } as ApiContext['profile'];
    const parts = { machines, certificates, sessions, mayAct, people, log };
    desk = new MachineDesk({
      ...parts,
      register: { find: () => undefined },
      wantsTwo: () => Promise.resolve(wantsTwo),
      isPortal: false,
    });
    const tokenDesk = new TokenDesk({
      ...parts,
      organisation: { mspId, kind: 'bank' },
      desk,
      seen: await SeenAssertions.open(store),
      watch: { fresh: () => Promise.resolve(true) },
      audiences: () => [publicUrl.url, `${publicUrl.url}/oauth2/token`],
    });
    api = await apiUnderTest(mspId, {
      sessions,
      mayAct,
      machineDesk: desk,
      tokens: tokenDesk,
      publicUrl,
      profile,
    });
    const server = await tls.certify('gateway');
    const door = await TlsDoor.open(
      {
        certificateFile: tls.write('tls.crt', server.cert),
        keyFile: tls.write('tls.key', server.key),
        clientCaFile: tls.write('clients.crt', tls.cert),
        clientCertificates: 'asked',
      },
      log,
    );
    const at = { host: '127.0.0.1', port: 0, drainMs: 1_000, tls: door };
    url = await listen(api.app, log, at, () => undefined, cleanUps);
    publicUrl.opened(url);
  });
  afterEach(async () => {
    await cleanUps.run();
    await api.close();
    await store.close();
    tls.close();
    await rm(folder, { recursive: true });
  });

  async function ask(
    method: string,
    path: string,
    { body, headers = {}, by }: { body?: string; headers?: Record<string, string>; by?: End } = {},
  ): Promise<Answer> {
    const asking = request(url + path, { method, ca: tls.cert, agent: false, headers, ...by });
    asking.end(body);
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    let text = '';
    for await (const part of answer) text += String(part);
    const read = text === '' ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return { status: answer.statusCode ?? 0, body: read, headers: answer.headers };
  }

  const askForToken = (form: Record<string, string>, by?: End) =>
    ask('POST', '/oauth2/token', {
      body: new URLSearchParams({ grant_type: 'client_credentials', ...form }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(by !== undefined && { by }),
    });
  const withAssertion = (client_assertion: string, more: Record<string, string> = {}) =>
    askForToken({ client_assertion, client_assertion_type: assertionType, ...more });
  const withToken = (path: string, token: string, by?: End) =>
    ask('GET', `/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(by !== undefined && { by }),
    });
  const write = (path: string, body: object, token = tokens.admin, method = 'POST') =>
    ask(method, `/api/v1${path}`, {
      ...(method !== 'DELETE' && { body: JSON.stringify(body) }),
      headers: {
        authorization: `Bearer ${token}`,
        ...(method !== 'DELETE' && { 'content-type': 'application/json' }),
        'idempotency-key': `key-${Math.random()}`,
      },
    });

  async function made(
    id = 'machine-erp',
    scopes = ['claims:read', 'verifications:write'],
  ): Promise<MachineClient> {
    const client = await MachineClient.of(id);
    const answer = await write('/machines', { id, role: 'officer', scopes, key: client.jwk });
    expect(answer).toMatchObject({ status: 201, body: { id, role: 'officer', scopes, tokens: 0 } });
    return client;
  }

  it('get a short-lived token for a signed assertion, good for what an admin allowed and no more', async () => {
    const client = await made();
    const { body, headers } = await withAssertion(await client.assertion(url), { scope: 'claims:read' });
    const { token, seconds, scope } = tokenAnswer.parse(body);
    expect(scope).toBe('claims:read');
    expect(seconds).toBeLessThanOrEqual(900);
    expect(headers['cache-control']).toBe('no-store');
    expect((await withToken('/sessions/current', token)).body).toMatchObject({
      person: { id: 'machine-erp', role: 'officer' },
    });
    expect((await withToken('/claims', token)).status).toBe(200);
    expect((await withToken('/people/log', token)).body['code']).toBe('PERMISSION_DENIED');
    const outside = await withToken('/payments', token);
    expect(outside).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
    expect(outside.headers['www-authenticate']).toContain('scope="payments:read"');
    expect((await write('/claims', {}, token)).body).toMatchObject({ code: 'SCOPE_MISSING' });
    expect(written).toEqual(['machine-created machine-erp', 'machine-token machine-erp']);
  });

  it('are refused what another, an old, a used or a foreign assertion asks for, all in one sentence', async () => {
    const client = await made();
    const stranger = await MachineClient.of('machine-erp');
    const once = await client.assertion(`${url}/oauth2/token`);
    expect((await withAssertion(once)).status).toBe(200);
    const second = Math.floor(Date.now() / 1_000);
    const wrong = [
      once,
      await client.assertion(url, {}, stranger.keys),
      await client.assertion('https://bank-b.example'),
      await client.assertion(url, { exp: second - 120 }),
      await client.assertion(url, { exp: second + 3_600 }),
      await client.assertion(url, { jti: undefined }),
      await client.assertion(url, { iss: 'machine-other' }),
      await (await MachineClient.of('machine-nobody')).assertion(url),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${once.split('.')[1] ?? ''}.`,
      'nothing',
    ];
    const answers = await Promise.all(wrong.map((one) => withAssertion(one)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify({ status, body }))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const scoped = await withAssertion(await client.assertion(url), { scope: 'payments:write' });
    expect(scoped).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    const password = await askForToken({ grant_type: 'password' });
    expect(password.body).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('get a token for a client certificate with their key, which counts with that certificate only', async () => {
    const client = await made();
    const shown = await tls.certify('erp', 1, client.keys);
    const { body } = await askForToken({ client_id: client.id }, shown);
    const { token } = tokenAnswer.parse(body);
    expect((await withToken('/claims', token, shown)).status).toBe(200);
    expect((await withToken('/claims', token)).status).toBe(401);
    expect((await withToken('/claims', token, await tls.certify('erp'))).status).toBe(401);
    // The key of another, and a certificate that nobody here has signed.
    expect((await askForToken({ client_id: client.id }, await tls.certify('erp'))).status).toBe(401);
    const stranger = await TlsAuthority.open('stranger');
    const foreign = await stranger.certify('erp', 1, client.keys);
    stranger.close();
    expect((await askForToken({ client_id: client.id }, foreign)).status).toBe(401);
    expect((await askForToken({ client_id: client.id })).status).toBe(401);
  });

  it('change their key without a pause; what the former key was given ends with it', async () => {
    const client = await made();
    const next = await MachineClient.of(client.id);
    const { token: old } = tokenAnswer.parse((await withAssertion(await client.assertion(url))).body);
    const added = await write(`/machines/${client.id}/keys`, { key: next.jwk });
    const [{ kid: former }, { kid: later }] = z
      .object({ keys: z.tuple([z.object({ kid: z.string() }), z.object({ kid: z.string() })]) })
      .parse(added.body).keys;
    const assertion = await client.assertion(url);
    expect((await withAssertion(assertion)).status).toBe(401);
    const removed = await write(`/machines/${client.id}/keys/${former}`, {}, tokens.admin, 'DELETE');
    expect(removed).toMatchObject({ status: 200, body: { tokens: 0 } });
    expect((await withToken('/claims', old)).status).toBe(401);
    expect((await withAssertion(await next.assertion(url))).status).toBe(200);
    const last = await write(`/machines/${client.id}/keys/${later}`, {}, tokens.admin, 'DELETE');
    expect(last.body['code']).toBe('MACHINE_STATE');
  });

  it('are cut off at once, with or without the certificate authority, which follows when it is back', async () => {
    const client = await made();
    const { token } = tokenAnswer.parse((await withAssertion(await client.assertion(url))).body);
    authority.isAway = true;
    const answer = await write(`/machines/${client.id}/revocation`, {});
    expect(answer).toMatchObject({ status: 200, body: { state: 'revoked', authority: 'pending' } });
    expect((await withToken('/claims', token)).status).toBe(401);
    expect((await withAssertion(await client.assertion(url))).status).toBe(401);
    authority.isAway = false;
    await desk.tellAuthority();
    expect(authority.revoked).toEqual([client.id]);
    const { jwk } = await MachineClient.of(client.id);
    const again = await write('/machines', {
      id: client.id,
      role: 'officer',
      scopes: ['claims:read'],
      key: jwk,
    });
    expect(again.body['code']).toBe('MACHINE_EXISTS');
  });

  it('wait for a second admin, where the consortium wants two', async () => {
    wantsTwo = true;
    const client = await MachineClient.of('machine-erp');
    const machine = { id: client.id, role: 'officer', scopes: ['claims:read'], key: client.jwk };
    expect((await write('/machines', machine)).body).toMatchObject({ state: 'proposed' });
    expect(authority.registered.size).toBe(0);
    expect((await withAssertion(await client.assertion(url))).status).toBe(401);
    await expect(desk.confirm(session, client.id)).rejects.toThrow('second-admin');
    expect((await write(`/machines/${client.id}/confirmation`, {}, tokens.other)).body).toMatchObject({
      state: 'active',
    });
    expect((await withAssertion(await client.assertion(url))).status).toBe(200);
    const { jwk } = await MachineClient.of(client.id);
    expect((await desk.addKey(session, client.id, jwk)).keys).toHaveLength(1);
    expect((await desk.confirm(other, client.id)).keys).toHaveLength(2);
  });

  it('are certified when they first ask, where the authority was away, and anew before the end', async () => {
    authority.isAway = true;
    const client = await made();
    authority.isAway = false;
    authority.days = 0.1;
    expect((await withAssertion(await client.assertion(url))).status).toBe(200);
    expect((await withAssertion(await client.assertion(url))).status).toBe(200);
    expect(authority.certified).toBe(2);
    authority.isAway = true;
    expect((await withAssertion(await client.assertion(url))).status).toBe(200);
  });

  it('are never approver or admin, and take no key that is private or too short', async () => {
    const client = await MachineClient.of('machine-erp');
    const machine = { id: client.id, role: 'officer', scopes: ['claims:read'], key: client.jwk };
    for (const wrong of [
      { role: 'approver' },
      { role: 'admin' },
      { id: 'erp' },
      { scopes: ['people:write'] },
      { key: { ...client.jwk, d: 'private' } },
    ]) {
      expect((await write('/machines', { ...machine, ...wrong })).body['code']).toBe('INPUT_INVALID');
    }
    const short = {
      kty: 'RSA',
      n: Buffer.alloc(64, 255).toString('base64url'),
      e: Buffer.from([1, 0, 1]).toString('base64url'),
    };
    expect((await write('/machines', { ...machine, key: short })).body['code']).toBe('MACHINE_KEY');
    expect(desk.list({})).toEqual([]);
  });
});
