import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics.js';
import type { Leader, Standing } from '../storage/postgres/seat.js';
import { TlsAuthority } from '../doors/testing/tls-authority.js';
import { Forwarder } from './forward.js';
import { Front } from './front.js';
import { standbyApp } from './standby-app.js';

describe('a replica that stands by', () => {
  const servers: Server[] = [];
  let forwarder: Forwarder;
  let standing: Standing;
  let seen: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage['headers'];
    body: string;
  }[];
  beforeEach(() => {
    forwarder = new Forwarder();
    standing = { state: 'standby', leader: undefined };
    seen = [];
  });
  afterEach(async () => {
    forwarder.breakOff();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  async function open(server: Server): Promise<number> {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** A replica that leads, and says what it was asked. */
  const answering: RequestListener = (asked, response) => {
    let body = '';
    asked.on('data', (some: Buffer) => (body += some.toString()));
    asked.on('end', () => {
      seen.push({ method: asked.method, url: asked.url, headers: asked.headers, body });
      response.writeHead(201, { 'X-Mine': 'yes', 'Content-Type': 'text/plain' });
      response.end('answered');
    });
  };

  const app = (readinessFor?: 'operators') =>
    standbyApp({
      readinessFor,
      standing: () => standing,
      following: () => ({
        follower: { lag: 2 },
        metrics: { contentType: 'text/plain', text: () => Promise.resolve('figures') } as unknown as Metrics,
      }),
      forwarder,
      metricsToken: 'operator',
    });
  const standby = async () => `http://127.0.0.1:${await open(createServer(app()))}`;
  const lead = (leader: Leader) => {
    standing = { state: 'standby', leader };
  };

  it('passes everything on, with who asked, and gives back what is answered', async () => {
    lead({ address: `http://127.0.0.1:${await open(createServer(answering))}` });
    const headers = {
      'Content-Type': 'text/plain',
      'Idempotency-Key': 'k',
      'X-Forwarded-For': '192.0.2.7',
      Connection: 'keep-alive',
    };
    const answer = await fetch(`${await standby()}/api/v1/claims?a=%2F`, {
      method: 'POST',
      headers,
      body: 'a body',
    });
    expect([answer.status, answer.headers.get('x-mine'), await answer.text()]).toEqual([
      201,
      'yes',
      'answered',
    ]);
    expect(seen).toMatchObject([{ method: 'POST', url: '/api/v1/claims?a=%2F', body: 'a body' }]);
    expect(seen[0]?.headers).toMatchObject({
      'idempotency-key': 'k',
      'x-forwarded-for': '192.0.2.7, 127.0.0.1',
    });
  });

  it('passes nothing on twice: two that take each other for the leader do not send a request around', async () => {
    lead({ address: `http://127.0.0.1:${await open(createServer(answering))}` });
    const answer = await fetch(`${await standby()}/x`, { headers: { 'X-PledgeOnce-Passed-On': '1' } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'TAKING_OVER']);
    expect(seen).toEqual([]);
  });

  it('says when nobody leads, when the leader is gone, and when the database is away', async () => {
    const url = await standby();
    const code = async () => {
      const answer = await fetch(`${url}/api/v1/claims`);
      const { code } = (await answer.json()) as { code: string };
      return [answer.status, answer.headers.get('retry-after'), code];
    };
    const ready = async () => {
      const answer = await fetch(`${url}/readyz`);
      return [answer.status, (await answer.json()) as object] as const;
    };
    expect(await code()).toEqual([503, '1', 'TAKING_OVER']);
    expect(await ready()).toMatchObject([
      503,
      { role: 'standby', checks: { leader: false }, reasons: ['No replica leads yet.'] },
    ]);
    lead({ address: 'http://127.0.0.1:9' });
    expect(await code()).toEqual([503, '1', 'TAKING_OVER']);
    expect(await ready()).toMatchObject([200, { status: 'ready', lag: 2 }]);
    standing = { state: 'away', error: undefined };
    expect(await code()).toEqual([503, '1', 'DATABASE_AWAY']);
    expect(await ready()).toMatchObject([503, { checks: { database: false, leader: false } }]);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/leaderz`)).status).toBe(503);
  });

  it('tells strangers no more than whether somebody serves, where the operator wants it so', async () => {
    const url = `http://127.0.0.1:${await open(createServer(app('operators')))}`;
    const told = async (headers: Record<string, string>) =>
      (await fetch(`${url}/readyz`, { headers })).json();
    const stranger = { 'X-Forwarded-For': '192.0.2.7' };
    expect(await told(stranger)).toEqual({ status: 'not ready' });
    expect(await told({ ...stranger, Authorization: 'Bearer operator' })).toHaveProperty('role', 'standby');
    expect(await told({})).toHaveProperty('role', 'standby');
  });

  it('shows its own figures to an operator, and to nobody else', async () => {
    const url = await standby();
    const headers = { 'X-Forwarded-For': '192.0.2.7' };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(403);
    const shown = await fetch(`${url}/metrics`, {
      headers: { ...headers, Authorization: 'Bearer operator' },
    });
    expect(await shown.text()).toBe('figures');
  });

  it('breaks an answer off that breaks off, so that no half is taken for the whole', async () => {
    const breaking = createServer((_asked, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.write('a half', () => response.destroy());
    });
    lead({ address: `http://127.0.0.1:${await open(breaking)}` });
    const answer = await fetch(`${await standby()}/api/v1/export`);
    await expect(answer.text()).rejects.toThrow();
  });

  it('waits no longer for a leader that has frozen once another leads', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const frozen = createServer(() => {
      arrive();
    });
    lead({ address: `http://127.0.0.1:${await open(frozen)}` });
    const url = await standby();
    const stuck = fetch(`${url}/api/v1/claims`, { method: 'POST', body: 'a claim' });
    await arrived;
    lead({ address: `http://127.0.0.1:${await open(createServer(answering))}` });
    expect((await fetch(`${url}/api/v1/claims`)).status).toBe(201);
    expect(((await (await stuck).json()) as { code: string }).code).toBe('TAKING_OVER');
  });

  it('speaks over TLS only with the certificate that the leader has named', async () => {
    const authority = await TlsAuthority.open();
    const end = await authority.certify('replica');
    const port = await open(createTlsServer(end, answering));
    const { fingerprint256 } = new X509Certificate(end.cert);
    lead({ address: `https://127.0.0.1:${port}`, certificate: fingerprint256 });
    const url = await standby();
    expect((await fetch(`${url}/a`)).status).toBe(201);
    expect((await fetch(`${url}/b`)).status).toBe(201);
    const other = new X509Certificate((await authority.certify('somebody else')).cert).fingerprint256;
    lead({ address: `https://127.0.0.1:${port}`, certificate: other });
    expect((await fetch(`${url}/c`, { method: 'POST', body: 'a secret' })).status).toBe(503);
    expect(seen.map((one) => one.url)).toEqual(['/a', '/b']);
    authority.close();
  });

  it('lets what is under way be answered before its term ends, and breaks it off after a while', async () => {
    const front = new Front((_asked, response) => response.writeHead(503).end('standby'));
    const url = `http://127.0.0.1:${await open(createServer(front.handle))}`;
    const asked = new Map<string | undefined, ServerResponse>();
    const everybody = new Promise<void>((resolve) => {
      front.serve({
        app: (one, response) => {
          asked.set(one.url, response);
          if (asked.size === 2) resolve();
        },
        endStreams: () => (ended += 1),
      });
    });
    let ended = 0;
    const slow = fetch(`${url}/slow`).then((response) => response.text());
    const stuck = fetch(`${url}/stuck`).then(
      () => 'answered',
      () => 'broken off',
    );
    await everybody;
    const over = front.standBy(100);
    expect(await (await fetch(url)).text()).toBe('standby');
    asked.get('/slow')?.end('leader');
    await over;
    expect([await slow, await stuck, ended]).toEqual(['leader', 'broken off', 1]);
  });
});
