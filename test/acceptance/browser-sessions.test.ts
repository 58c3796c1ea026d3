import { randomUUID } from 'node:crypto';
import type { Answer, Json } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { BlockReader } from './support/block-reader.js';
import { consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

const bank = () => organisationOf(consortium(), 'BankAMSP');
const ownPage = { 'sec-fetch-site': 'same-origin', 'x-pledgeonce-page': '1' };

/** A browser as the gateway sees it: it sends its cookie whatever page asks for it. */
async function send(method: string, path: string, headers: object, body?: unknown): Promise<Answer> {
  const response = await fetch(`${bank().url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text || '{}') as Json };
}

const signIn = (headers: object = ownPage) => {
  const secret = bank().people.find(({ id }) => id === 'officer')?.secret;
  return send('POST', '/sessions/browser', headers, { enrolmentId: 'officer', secret });
};

describe('somebody who works in a browser', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('signs in without their token being shown to any script, works, and signs out', async () => {
    const signedIn = await signIn();
    expect(signedIn.status).toBe(201);
    expect(signedIn.body).toMatchObject({
      person: { id: 'officer', role: 'officer', mspId: 'BankAMSP' },
      organisation: { mspId: 'BankAMSP', kind: 'bank' },
      language: 'en',
      may: expect.arrayContaining(['reserveClaims', 'verifyDocument']) as unknown,
    });
    expect(signedIn.body['may']).not.toContain('acceptClaim');
    const set = signedIn.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^pledgeonce-BankAMSP=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const [cookie = ''] = set.split(';');
    expect(JSON.stringify(signedIn.body)).not.toContain(cookie.split('=')[1]);

    const fact = declaration();
    await record(await customsOfficer(), fact);
    const asked = claim(reference(fact), usd('10.00'));
    const reserved = await send('POST', '/claims', { cookie, ...ownPage }, asked);
    expect(reserved.status).toBe(201);
    const id = textAt(reserved.body, 'id');
    expect((await send('GET', `/claims/${id}`, { cookie })).body).toMatchObject({ id, state: 'reserved' });

    const chosen = await send(
      'PUT',
      '/sessions/current/language',
      { cookie, ...ownPage },
      { language: 'zh' },
    );
    expect(chosen.status).toBe(200);
    expect((await send('GET', '/sessions/current', { cookie })).body).toMatchObject({ language: 'zh' });
    await send('PUT', '/sessions/current/language', { cookie, ...ownPage }, { language: 'en' });

    const signOut = await send('DELETE', '/sessions/current', { cookie, ...ownPage });
    expect(signOut.status).toBe(204);
    expect(signOut.headers.get('set-cookie')).toContain('1970');
    expect((await send('GET', '/sessions/current', { cookie })).status).toBe(401);
  });

  it('is not used by a page elsewhere: nothing is written, and nobody is signed in by it', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const asked = claim(reference(fact), usd('10.00'));
    const [cookie = ''] = ((await signIn()).headers.get('set-cookie') ?? '').split(';');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'x-pledgeonce-page': '1' },
      { 'sec-fetch-site': 'same-site', 'x-pledgeonce-page': '1' },
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'https://evil.example', 'x-pledgeonce-page': '1' },
    ]) {
      const refused = { status: 403, code: 'CROSS_SITE' };
      await expectRefused(reader, () => send('POST', '/claims', { cookie, ...headers }, asked), refused);
      const planted = await signIn(headers);
      expect([planted.status, planted.headers.get('set-cookie')]).toEqual([403, null]);
    }
    expect((await send('POST', '/claims', { cookie, ...ownPage }, asked)).status).toBe(201);
    await send('DELETE', '/sessions/current', { cookie, ...ownPage });
  });

  it('keeps the cookie for TLS alone where the page came over TLS', async () => {
    const { host } = new URL(bank().url);
    const signedIn = await signIn({ 'x-pledgeonce-page': '1', origin: `https://${host}` });
    const set = signedIn.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^__Host-pledgeonce-BankAMSP=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const [cookie = ''] = set.split(';');
    expect((await send('DELETE', '/sessions/current', { cookie, ...ownPage })).status).toBe(204);
    expect((await send('GET', '/sessions/current', { cookie })).status).toBe(401);
  });
});
