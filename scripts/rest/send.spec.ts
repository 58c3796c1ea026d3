import type { ServerResponse } from 'node:http';
import { Client } from './client.js';
import { ListeningServer } from './testing/listening-server.js';

/** A server that does with each request what the test says, in turn. */
describe('a request whose connection is closed on the way', () => {
  let server: ListeningServer;
  let client: Client;
  let seen: ListeningServer['seen'];
  let answers: ((response: ServerResponse) => void)[];

  const cut = (response: ServerResponse) => {
    response.socket?.resetAndDestroy();
  };
  const ok = (response: ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"1"}');
  };

  beforeEach(async () => {
    answers = [];
    server = await ListeningServer.start((response) => {
      (answers.shift() ?? ok)(response);
    });
    ({ seen } = server);
    client = new Client(server.url, 'token');
  });
  afterEach(() => server.stop());

  it('is sent again under the key that it had, and answered', async () => {
    answers = [cut, cut];
    const { status, body } = await client.post('/claims', { amount: '1' });
    expect([status, body]).toEqual([200, { id: '1' }]);
    expect(seen).toHaveLength(3);
    expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
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
    await server.stop();
    await expect(client.get('/claims')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
