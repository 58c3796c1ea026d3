import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { readConfig } from '../config.js';
import type { ConsoleFile } from './console-files.js';
import { consoleRoutes } from './console-pages.js';

const script = Buffer.from('let all = 1;');
const files = new Map<string, ConsoleFile>([
  [
    '/index.html',
    {
      type: 'text/html',
      plain: Buffer.from('<html data-organisation="__ORGANISATION__"><script nonce="__NONCE__"></script>'),
    },
  ],
  ['/assets/a.js', { type: 'text/javascript', plain: script, br: brotliCompressSync(script) }],
]);
const organisation = { mspId: 'BankAMSP', title: 'Bank "A" <b>', kind: 'bank', government: false } as const;
const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-console-'));
const people = join(folder, 'people.json');
writeFileSync(people, '[{"id":"officer"}]');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function app(developmentPeople?: string) {
  const made = express();
  made.use(consoleRoutes({ organisation, developmentPeople }, files));
  return made;
}
const page = (path: string) => request(app()).get(path).set('Accept', 'text/html,*/*;q=0.8');

describe('the page of the console', () => {
  it('runs what the gateway serves and nothing else, under a number of its own each time', async () => {
    const [one, other] = [await page('/'), await page('/claims/1')];
    const policy = one.headers['content-security-policy'] ?? '';
    const nonce = /nonce="([\w-]+)"/.exec(one.text)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(other.text).not.toContain(nonce);
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('names the organisation, whatever that is called', async () => {
    const { text } = await page('/');
    const attribute = /data-organisation="([^"]*)"/.exec(text)?.[1] ?? '';
    const read = attribute.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(JSON.parse(read)).toEqual({ mspId: 'BankAMSP', title: 'Bank "A" <b>', kind: 'bank' });
  });

  it('says the colour that the organisation has chosen', async () => {
    const made = express();
    made.use(consoleRoutes({ organisation, colour: '#7a1f5c', developmentPeople: undefined }, files));
    const { text } = await request(made).get('/').set('Accept', 'text/html');
    expect(text).toContain('#7a1f5c');
  });

  it('is shown to a browser that asks for a page, at addresses of the console only', async () => {
    expect((await page('/claims')).status).toBe(200);
    expect((await page('/nothing-of-ours')).status).toBe(404);
    expect((await request(app()).get('/claims').set('Accept', 'application/json')).status).toBe(404);
    expect((await request(app()).post('/claims').set('Accept', 'text/html')).status).toBe(404);
  });

  it('comes with files that are compressed once and kept for good', async () => {
    const { headers, text } = await request(app()).get('/assets/a.js').set('Accept-Encoding', 'br');
    expect([headers['content-encoding'], headers['cache-control']]).toEqual([
      'br',
      'public, max-age=31536000, immutable',
    ]);
    expect(text).toBe('let all = 1;');
    const plain = await request(app()).get('/assets/a.js').set('Accept-Encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect((await request(app()).get('/assets/../index.html')).status).toBe(404);
  });
});

describe('development people', () => {
  const ask = (developmentPeople: string | undefined, headers: Record<string, string>) =>
    request(app(developmentPeople)).get('/development/people').set(headers);
  const own = { Host: '127.0.0.1:3000', 'Sec-Fetch-Site': 'same-origin' };

  it('are told to the own page on this machine', async () => {
    expect((await ask(people, own)).body).toEqual([{ id: 'officer' }]);
  });

  it.each([
    ['where none are configured', undefined, own],
    ['through a proxy', people, { ...own, 'X-Forwarded-For': '203.0.113.7' }],
    ['under a name that somebody else pointed here', people, { ...own, Host: 'evil.example' }],
    ['to a page elsewhere', people, { ...own, 'Sec-Fetch-Site': 'cross-site' }],
  ])('are not told %s', async (_where, file, headers) => {
    const { status, text } = await ask(file, headers);
    expect(status).toBe(404);
    expect(text).not.toContain('officer');
  });

  it.each([
    ['another address than loopback', { host: '0.0.0.0' }],
    ['a proxy before it', { trustedProxies: ['127.0.0.1'] }],
  ])('are refused in a configuration with %s', async (_what, changes) => {
    const file = join(folder, 'gateway.json');
    const one = { msp: 'BankAMSP', port: 0, stateDir: '.', registrar: { id: 'r', secretFile: 's' } };
    const config = (organisations: object[]) =>
      JSON.stringify({ connection: 'c', masterKeyFile: 'k', organisations });
    writeFileSync(file, config([{ ...one, developmentPeople: people }]));
    expect((await readConfig(file)).organisations[0]?.developmentPeople).toBe(people);
    writeFileSync(file, config([{ ...one, developmentPeople: people, ...changes }]));
    await expect(readConfig(file)).rejects.toThrow(/loopback address only/);
  });
});
