import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { startChild, stopChild } from '@pledgeonce/scripts/stack/child.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { writeGatewayConfig } from '@pledgeonce/scripts/stack/gateway-config.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { gatewayMain } from './support/extra-gateway.js';
import { expectRefused } from './support/nothing-written.js';
import { placesIn, readEvents } from './support/read-events.js';

describe('what anybody can ask of a gateway', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('is kept by no cache on the way: tokens, secrets and private lists', async () => {
    const { officer } = await bank('A');
    const signingIn = await new Client(officer.url, '').post('/sessions', { enrolmentId: 'x', secret: 'y' });
    expect(signingIn.headers.get('cache-control')).toBe('no-store');
    for (const path of ['/claims', '/sessions/current', '/sessions', '/nothing']) {
      expect((await officer.get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('tells its counts to this machine only, not through a proxy on it', async () => {
    const { url } = organisationOf(consortium(), 'BankAMSP');
    const through = (name: string, value: string) => fetch(`${url}/metrics`, { headers: { [name]: value } });
    for (const [name, value] of [
      ['x-forwarded-for', '203.0.113.9'],
      ['forwarded', 'for=203.0.113.9'],
      ['via', '1.1 proxy'],
    ] as const) {
      const response = await through(name, value);
      expect({ name, status: response.status }).toEqual({ name, status: 403 });
      expect(await response.text()).not.toContain('pledgeonce_');
    }
  });

  it('is read one way only: no member twice, no number but in decimal digits', async () => {
    const [{ officer }, customs] = [await bank('A'), await customsOfficer()];
    const fact = declaration();
    await record(customs, fact);
    const text = JSON.stringify(claim(reference(fact), usd('1.00')));
    const twice = `${text.slice(0, -1)},"lines":[]}`;
    const send = (body: string) =>
      officer.request('POST', '/claims', { body, headers: { 'content-type': 'application/json' } });
    await expectRefused(reader, () => send(twice), { status: 400, code: 'MALFORMED_JSON' });
    for (const limit of ['0x10', '1e1', '+5', ' 5', '5.0']) {
      const { status, body } = await officer.get(`/claims?limit=${encodeURIComponent(limit)}`);
      expect({ limit, status, code: at(body, 'code') }).toEqual({
        limit,
        status: 400,
        code: 'INPUT_INVALID',
      });
    }
    expect((await officer.get('/claims?limit=1&limit=2')).status).toBe(400);
  });
});

describe('a reader of events who was away', () => {
  it('goes on behind the last one that came, and misses none', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    for (let turn = 0; turn < 3; turn++) {
      expect((await officer.post('/claims', claim(reference(fact), usd('1.00')))).status).toBe(201);
    }
    const all = await readEvents(officer, '0-0-0', (text) => placesIn(text).length >= 3);
    const ids = placesIn(all.text);
    const behind = await readEvents(
      officer,
      String(ids[0]),
      (text) => placesIn(text).length >= ids.length - 1,
    );
    expect(placesIn(behind.text).slice(0, ids.length - 1)).toEqual(ids.slice(1));
    expect(behind.text).not.toContain('event: gap');
  });

  it('is told when the place is not kept, and gets what is; what is no place at all is refused', async () => {
    const { officer } = await bank('A');
    const lost = await readEvents(officer, '0-0-0', (text) => placesIn(text).length >= 1);
    expect(lost.text).toMatch(/event: gap\ndata: .*Read the lists again/);
    expect((await readEvents(officer, 'no place', () => true)).status).toBe(400);
    expect(listAt((await officer.get('/alerts')).body, 'items')).toBeDefined();
  });
});

describe('a gateway that cannot have its port', () => {
  it('ends by itself, with those of other organisations in its process, and leaves its state to the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-port-'));
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const served = [{ msp: 'BankAMSP' }, { msp: 'BankBMSP', port }];
      const args = ['--config', writeGatewayConfig(consortium(), folder, served)];
      // What hangs is killed, and then has no code of its own.
      const run = promisify(execFile)(process.execPath, [gatewayMain, ...args], { timeout: 120_000 });
      await expect(run).rejects.toMatchObject({
        code: 1,
        killed: false,
        stdout: expect.not.stringContaining('"ready":true') as string,
        stderr: expect.stringMatching(`EADDRINUSE.*:${port}`) as string,
      });
      other.close();
      await once(other, 'close');
      const logFile = join(folder, 'gateway.log');
      const { process: next, ready } = await startChild({
        title: 'The next gateway',
        script: gatewayMain,
        args,
        logFile,
      });
      await stopChild(next);
      expect(listAt(ready, 'organisations')).toMatchObject([
        { msp: 'BankAMSP' },
        { msp: 'BankBMSP', url: `http://127.0.0.1:${port}` },
      ]);
    } finally {
      other.close();
      rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 });
    }
  }, 300_000);
});
