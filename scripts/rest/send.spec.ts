import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from './client.js';

/** A server that does with each request what the test says, in turn. */
describe('a request whose connection is closed on the way', () => {
  let server: Server;
  let client: Client;
  let seen: { readonly method: string; readonly key: string | undefined; readonly body: string }[];
  let answers: ((response: ServerResponse) => void)[];

  const cut = (response: ServerResponse) => {
    response.socket?.resetAndDestroy();
  };
  const ok = (response: ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"1"}');
  };

  beforeEach(async () => {
    seen = [];
    answers = [];
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'token');
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ method: request.method ?? '', key: request.headers['idempotency-key'] as string, body });
    (answers.shift() ?? ok)(response);
  }

  it('is sent again under the key that it had, and answered', async () => {
    answers = [cut, cut];
    const { status, body } = await client.post('/claims', { amount: '1' });
    expect([status, body]).toEqual([200, { id: '1' }]);
    expect(seen).toHaveLength(3);
    expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('is given up at last, and then says what happened', async () => {
    answers = Array<typeof cut>(10).fill(cut);
    await expect(client.get('/claims')).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) as unknown },
    });
    expect(seen).toHaveLength(4);
  });

  it('is not sent again when it was answered, whatever the answer', async () => {
    answers = [
      (response) => {
        response.statusCode = 503;
        response.end('{}');
      },
    ];
    expect((await client.post('/claims', {})).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it('is not sent again when nobody listens', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(new Client(`http://127.0.0.1:${port}`, '').get('/claims')).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});
