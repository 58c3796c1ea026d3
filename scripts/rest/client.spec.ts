import type { ServerResponse } from 'node:http';
import { answerOf, Client, once } from './client.js';
import { ListeningServer } from './testing/listening-server.js';

/** What goes over the wire, typed or not, and what comes back. */
describe('a client of a gateway', () => {
  let server: ListeningServer;
  let client: Client;
  let seen: ListeningServer['seen'];
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (response) => response.end('{"id":"1"}');
    server = await ListeningServer.start((response) => {
      answer(response);
    });
    ({ seen } = server);
    client = new Client(server.url, 'token');
  });
  afterEach(() => server.stop());

  it('sends by typed and by free calls the same request', async () => {
    const id = 'a'.repeat(64);
    await client.api.POST('/claims/{id}/acceptance', {
      params: { path: { id }, ...once('key-1') },
      body: {},
    });
    await client.post(`/claims/${id}/acceptance`, {}, 'key-1');
    expect(seen[0]).toMatchObject({ method: 'POST', path: `/api/v1/claims/${id}/acceptance`, body: '{}' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer token',
      'content-type': 'application/json',
      'idempotency-key': 'key-1',
    });
    expect(seen[1]).toEqual(seen[0]);
  });

  it('leaves a raw body, its type and a query as they are', async () => {
    const headers = { 'content-type': 'text/csv' };
    await client.fetch('POST', '/facts/import?past=true', { body: 'a,b\n', headers });
    await client.fetch('POST', '/facts/readings', { body: Uint8Array.from([37, 80]) });
    expect(seen[0]).toMatchObject({ path: '/api/v1/facts/import?past=true', body: 'a,b\n' });
    expect(seen[0]?.headers['content-type']).toBe('text/csv');
    expect(seen[1]?.body).toBe('%P');
    expect(seen[1]?.headers).not.toHaveProperty('content-type');
  });

  it('gives a refusal to whoever asked for the response, with its body unread', async () => {
    answer = (response) => {
      response.statusCode = 409;
      response.end('{"code":"EXCEEDS_BALANCE"}');
    };
    const response = await client.fetch('POST', '/claims', { body: {} });
    expect([response.status, await response.text()]).toEqual([409, '{"code":"EXCEEDS_BALANCE"}']);
    const typed = client.api.POST('/claims/sweep', { params: once() });
    expect(await answerOf(typed)).toMatchObject({ status: 409, body: { code: 'EXCEEDS_BALANCE' } });
    expect(await client.get('/claims')).toMatchObject({ status: 409, body: { code: 'EXCEEDS_BALANCE' } });
  });

  it('ends a stream when its reader wants no more', async () => {
    let isClosed: Promise<unknown> = Promise.resolve();
    answer = (response) => {
      isClosed = new Promise((resolve) => response.once('close', resolve));
      response.write('data: 1\n\n');
    };
    const over = new AbortController();
    const { body } = await client.fetch('GET', '/events', { signal: over.signal });
    const reader = body?.getReader();
    await reader?.read();
    over.abort();
    await expect(reader?.read()).rejects.toThrow(/abort/i);
    await isClosed;
  });
});
