import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { apiUnderTest } from '../api/testing/api-under-test.js';
import type { ApiContext } from '../api/context.js';
import type { ApiUnderTest } from '../api/testing/api-under-test.js';
import { PublicUrl } from '../doors/public-url.js';
import { AuthorityInMemory } from '../machines/testing/authority-in-memory.js';
import { nothingSaid } from '../people/authority-word.js';
import { mayActBy } from '../people/may-act.js';
import { PeopleLog } from '../people/people-log.js';
import { PeopleRegister } from '../people/people-register.js';
import type { PersonRecord } from '../people/person-record.js';
import { SessionStore } from '../people/session-store.js';
import { CleanUps } from '../start/clean-ups.js';
import { listen } from '../start/listen.js';
import { openProvider } from '../start/open-provider.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { providerSchema } from './provider-config.js';
import { Browser } from './testing/browser.js';
import { clientId, clientSecret, ProviderUnderTest } from './testing/provider-under-test.js';

const log = pino({ level: 'silent' });
const mspId = 'BankAMSP';
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

describe('sign-in by an OpenID provider', () => {
  let folder: string;
  let store: DurableStore;
  let provider: ProviderUnderTest;
  let authority: AuthorityInMemory;
  let register: PeopleRegister;
  let people: PeopleLog;
  let sessions: SessionStore;
  let api: ApiUnderTest;
  let cleanUps: CleanUps;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-provider-'));
    store = await LevelStore.open(join(folder, 'people'));
    provider = await ProviderUnderTest.open();
    authority = new AuthorityInMemory();
    register = await PeopleRegister.open(store);
    people = await PeopleLog.open(store);
    sessions = new SessionStore({ idleMs: 60_000, mostMs: 600_000 });
    cleanUps = new CleanUps();
  });
  afterEach(async () => {
    await cleanUps.run();
    await api.close();
    await provider.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function start(settings: object = {}): Promise<void> {
    const clientSecretFile = join(folder, 'client.secret');
    await writeFile(clientSecretFile, `${clientSecret}\n`);
    const config = { issuer: provider.issuer, clientId, clientSecretFile, ...settings };
    const publicUrl = new PublicUrl();
    const mayAct = mayActBy(sessions, register, () => ({ word: nothingSaid, revoked: new Set<string>() }));
    const services = { registrar: () => Promise.resolve({ mspId, certificate: '', privateKey: '' }) };
    const opened = openProvider({
      config: { provider: providerSchema.parse(config) },
      publicUrl,
      organisation: { mspId, kind: 'bank' },
      authority: { ...authority.parts, judge: () => Promise.resolve('wrong') },
      services,
      runErrands: () => Promise.resolve(),
      register,
      store: { remove: () => Promise.resolve() },
      watch: { fresh: () => Promise.resolve(true) },
      sessions,
      mayAct,
      people,
    });
    const profile = { channel: 'trade' } as ApiContext['profile'];
    api = await apiUnderTest(mspId, { sessions, mayAct, publicUrl, profile, provider: opened });
    const at = { host: '127.0.0.1', port: 0, drainMs: 1_000 };
    url = await listen(api.app, log, at, () => undefined, cleanUps);
    publicUrl.opened(url);
    await provider.serve(url);
  }

  /** Somebody whom an admin has let come by the provider, and whom the authority knows. */
  async function invite(id: string, more: Partial<PersonRecord> = {}): Promise<void> {
    authority.registered.set(id, { enrolmentId: id, role: 'officer', secret: 'unknown' });
    await register.put({
      id,
      role: 'officer',
      state: 'invited',
      since: new Date().toISOString(),
      secretAt: 'gateway',
      version: 1,
      errands: [],
      wrongAtAuthority: 0,
      requests: [],
      invitation: { nonce: 'n', expiresAt: tomorrow(), by: 'admin', door: 'provider' },
      ...more,
    });
  }

  const whoIs = async (browser: Browser) => {
    const response = await browser.read(`${url}/api/v1/sessions/current`);
    const body = (await response.json()) as { person?: { id: string } };
    return body.person?.id ?? response.status;
  };
  const reasons = async () =>
    (await people.page(undefined, 10, ({ kind }) => kind === 'sign-in-refused')).items.map(
      (one) => one.detail,
    );

  it('lets in who was invited to come so, with a key that is on no disk and ends with the session', async () => {
    await start();
    await invite('anna');
    const browser = new Browser();
    expect(await browser.signIn(url, 'anna')).toBe(`${url}/`);
    expect(await whoIs(browser)).toBe('anna');
    expect(register.find('anna')).toMatchObject({
      state: 'active',
      secretAt: 'provider',
      account: { issuer: provider.issuer, subject: 'anna' },
    });
    expect(register.find('anna')?.invitation).toBeUndefined();
    // And again, with another key.
    const elsewhere = new Browser();
    expect(await elsewhere.signIn(url, 'anna')).toBe(`${url}/`);
    expect(authority.certified).toBe(2);
    const [one, other] = sessions.allOf('anna');
    expect(one?.identity.privateKey).not.toBe(other?.identity.privateKey);
    expect((await readdir(folder)).sort()).toEqual(['client.secret', 'people']);
  });

  it('lets nobody in who was not invited, who comes by a secret, or whose invitation is over', async () => {
    await start();
    await invite('anna', { invitation: { nonce: 'n', expiresAt: tomorrow(), by: 'admin' } });
    await invite('bert', {
      invitation: { nonce: 'n', expiresAt: new Date(0).toISOString(), by: 'admin', door: 'provider' },
    });
    await invite('carl', { state: 'suspended', secretAt: 'provider' });
    for (const id of ['anna', 'bert', 'carl', 'nobody']) {
      const browser = new Browser();
      expect(await browser.signIn(url, id)).toBe(`${url}/?refused=PROVIDER_REFUSED`);
      expect(await whoIs(browser)).toBe(401);
    }
    expect(authority.certified).toBe(0);
    expect(await reasons()).toHaveLength(4);
  });

  it('keeps to the account by which somebody came first, whoever is given the name later', async () => {
    await start({ idClaim: 'preferred_username' });
    await invite('anna');
    provider.names.set('account-1', 'anna');
    provider.names.set('account-2', 'anna');
    expect(await new Browser().signIn(url, 'account-1')).toBe(`${url}/`);
    expect(await new Browser().signIn(url, 'account-2')).toMatch(/refused=PROVIDER_REFUSED$/);
    expect(await reasons()).toEqual(['the provider has another account under this id']);
    expect(await new Browser().signIn(url, 'account-1')).toBe(`${url}/`);
  });

  it('takes what comes back from the browser that began it, once', async () => {
    await start();
    await invite('anna');
    const browser = new Browser();
    const authorised = await browser.open(`${url}/sign-in/provider`);
    expect(authorised.url).toContain(provider.issuer);
    const stolen = `${url}/sign-in/provider/callback?code=x&state=y&iss=${encodeURIComponent(provider.issuer)}`;
    expect((await new Browser().open(stolen)).url).toMatch(/refused=PROVIDER_REFUSED$/);
    expect((await browser.open(stolen)).url).toMatch(/refused=PROVIDER_REFUSED$/);
    // What it had begun is used up.
    expect([...browser.cookies(new URL(url).origin).keys()]).toEqual([]);
    expect(authority.certified).toBe(0);
  });

  it('says so when the certificate authority is away, and goes on when it is back', async () => {
    await start();
    await invite('anna');
    authority.isAway = true;
    await expect(new Browser().signIn(url, 'anna')).resolves.toMatch(/refused=CA_UNAVAILABLE$/);
    authority.isAway = false;
    expect(await new Browser().signIn(url, 'anna')).toBe(`${url}/`);
  });

  it('holds the provider to the way of authentication that the organisation asks for', async () => {
    await start({ acrValues: ['two-factors'] });
    await invite('anna');
    expect(await new Browser().signIn(url, 'anna')).toMatch(/refused=PROVIDER_REFUSED$/);
    expect((await reasons())[0]).toMatch(/does not count/);
  });

  it('ends the sessions of an account that is signed out there, and of nobody else', async () => {
    await start();
    await invite('anna');
    await invite('bert');
    const [anna, again, bert] = [new Browser(), new Browser(), new Browser()];
    for (const browser of [anna, again]) await browser.signIn(url, 'anna');
    await bert.signIn(url, 'bert');
    const tell = async (token: string) => {
      const body = new URLSearchParams({ logout_token: token });
      return (await fetch(`${url}/sign-in/provider/logout`, { method: 'POST', body })).status;
    };
    const now = Math.floor(Date.now() / 1_000);
    const wrong = [
      await provider.logoutToken('anna', { aud: 'another client' }),
      await provider.logoutToken('anna', { iss: 'https://elsewhere.example' }),
      await provider.logoutToken('anna', { nonce: 'of an ID token' }),
      await provider.logoutToken('anna', { events: {} }),
      await provider.logoutToken('anna', { iat: now - 600 }),
      `${await provider.logoutToken('anna')}x`,
      'none',
    ];
    for (const token of wrong) expect(await tell(token)).toBe(400);
    expect([await whoIs(anna), await whoIs(again)]).toEqual(['anna', 'anna']);

    const token = await provider.logoutToken('anna');
    expect(await tell(token)).toBe(200);
    expect([await whoIs(anna), await whoIs(again), await whoIs(bert)]).toEqual([401, 401, 'bert']);
    const log = await people.page(undefined, 10, ({ kind }) => kind === 'signed-out');
    expect(log.items).toMatchObject([{ person: 'anna', detail: 'at the provider: 2 sessions' }]);
    // Once only: whoever has seen it ends no later session by it.
    await anna.signIn(url, 'anna');
    expect(await tell(token)).toBe(400);
    expect(await whoIs(anna)).toBe('anna');
    // Of an account that nobody here has there is nothing to end.
    expect(await tell(await provider.logoutToken('nobody'))).toBe(200);
  });
});
