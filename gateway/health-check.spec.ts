import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./health-check.js', import.meta.url));

describe('the question how a gateway is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-health-'));
  const asked: (string | undefined)[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.statusCode = status;
    response.end();
  });
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (ports: readonly number[]) => {
    const file = join(folder, 'gateway.json');
    writeFileSync(file, JSON.stringify({ organisations: ports.map((port) => ({ host: '0.0.0.0', port })) }));
    return new Promise((resolve) => {
      execFile(process.execPath, [program, file], (error) => {
        resolve(error === null ? 0 : error.code);
      });
    });
  };

  it('is answered well by a gateway that is alive, all of its organisations, and by nobody else', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await ask([port])).toBe(0);
    expect(asked).toEqual(['/livez']);
    expect(await ask([port, 1])).toBe(1);
    status = 503;
    expect(await ask([port])).toBe(1);
  });
});
