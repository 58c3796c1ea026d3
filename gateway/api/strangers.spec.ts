import { once } from 'node:events';
import { createServer, request, Agent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { apiUnderTest } from './testing/api-under-test.js';

const requests = 3_000;
const headerBytes = 14_000;
/** What may be kept of all of them together: a fifth of the headers. */
const mostKept = (requests * headerBytes) / 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function heapInUse(): Promise<number> {
  // What a request held goes with the turn after it.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

/** Whoever is not signed in has to be answered, and must cost nothing afterwards: every header is one nobody sent before. */
describe('strangers with long headers', () => {
  it('leave nothing behind in memory', async () => {
    const api = await apiUnderTest('BankAMSP', {});
    // A pause of the machine between two rounds closes no connection that the client keeps.
    const server = createServer({ keepAliveTimeout: 120_000 }, api.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const ask = (place: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        const authorization = `Bearer ${place}-${Math.random()}-`.padEnd(headerBytes, `x${place}`);
        request(
          { host: '127.0.0.1', port, agent, path: '/api/v1/claims', headers: { authorization } },
          (response: IncomingMessage) => {
            response.resume().once('end', () => {
              resolve(response.statusCode);
            });
          },
        )
          .once('error', reject)
          .end();
      });
    const askAll = async (from: number, to: number) => {
      const statuses = new Set<number | undefined>();
      for (let place = from; place < to; place += 50) {
        const some = Array.from({ length: 50 }, (_, index) => ask(place + index));
        for (const status of await Promise.all(some)) statuses.add(status);
      }
      return [...statuses];
    };

    await askAll(0, 200);
    const before = await heapInUse();
    expect(await askAll(200, 200 + requests)).toEqual([401]);
    expect((await heapInUse()) - before).toBeLessThan(mostKept);

    agent.destroy();
    server.close();
    await once(server, 'close');
    await api.close();
    // Thousands of requests, on a machine that may be busy.
  }, 120_000);
});
