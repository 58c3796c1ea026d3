import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { CleanUps } from './clean-ups.js';
import { listen } from './listen.js';

describe('the door of a gateway', () => {
  let cleanUps: CleanUps;
  let url: string;

  beforeEach(async () => {
    cleanUps = new CleanUps();
    url = await listen(
      (_, response) => response.end('ok'),
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
});
