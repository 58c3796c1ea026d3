import { request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { pino } from 'pino';
import { CleanUps } from './clean-ups.js';
import { listen } from './listen.js';

describe('the door of a gateway', () => {
  let cleanUps: CleanUps;
  let url: string;
  let server: Server | undefined;

  beforeEach(async () => {
    cleanUps = new CleanUps();
    url = await listen(
      (asked, response) => {
        server = (asked.socket as Socket & { readonly server: Server }).server;
        response.end('ok');
      },
      pino({ level: 'silent' }),
      { host: '127.0.0.1', port: 0, drainMs: 1_000 },
      () => undefined,
      cleanUps,
    );
  });
  afterEach(() => cleanUps.run());

  it('keeps a connection longer than clients and proxies do, and says how long', async () => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { headers: { connection: 'keep-alive' } }, resolve)
        .on('error', reject)
        .end();
    });
    answer.resume();
    const [, seconds] = /^timeout=(\d+)$/.exec(String(answer.headers['keep-alive'])) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(65);
    answer.socket.destroy();
  });

  it('cuts nobody off who goes on sending, however long it takes, and leaves who falls silent', async () => {
    expect(await (await fetch(url)).text()).toBe('ok');
    // By default Node ends a request after 300 seconds with a bare 408, in the middle of an import.
    expect(server?.requestTimeout).toBe(0);
    expect(server?.timeout).toBeGreaterThanOrEqual(60_000);
    expect(server?.timeout).toBeLessThanOrEqual(600_000);
    expect(server?.headersTimeout).toBeGreaterThan(0);
  });
});
