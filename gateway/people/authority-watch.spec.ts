import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509CertificateGenerator, X509CrlGenerator } from '@peculiar/x509';
import { pino } from 'pino';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { AuthorityWatch, type AuthorityWatchParts } from './authority-watch.js';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate authority with nobody revoked. */
async function authorityOfPeople() {
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({ name: 'CN=people', keys });
  const list = await X509CrlGenerator.create({
    issuer: root.subject,
    signingKey: keys.privateKey,
    signingAlgorithm: algorithm,
  });
  return { roots: root.toString('pem'), list: list.toString('pem') };
}

describe('what the certificate authority says', () => {
  let folder: string;
  let store: DurableStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-watch-'));
    store = await LevelStore.open(join(folder, 'people'));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** @returns what is opened of the store's folder, and how often the authority has been asked since. */
  async function opened(heard: AuthorityWatchParts['heard'], isAway = () => false, clock = Date.now) {
    const { roots, list } = await authorityOfPeople();
    const asked: number[] = [];
    const watch = await AuthorityWatch.open({
      authority: {
        list: () => {
          asked.push(Date.now());
          if (isAway()) return Promise.reject(new Error('no answer'));
          return Promise.resolve([{ id: 'anna', role: 'viewer', uscc: undefined, admission: undefined }]);
        },
        revocationList: () => Promise.resolve(list),
      },
      services: { registrar: () => Promise.resolve({ mspId: 'BankAMSP', certificate: '', privateKey: '' }) },
      roots,
      channelLists: () => Promise.resolve([]),
      sharesMsp: false,
      store,
      heard,
      log: pino({ level: 'silent' }),
      clock,
    });
    return { watch, asked };
  }

  it('holds over a short absence as it holds between two rounds, and no longer', async () => {
    const before = await opened(() => Promise.resolve());
    expect(await before.watch.fresh(60_000, 60_000)).toBe(true);
    const after = await opened(() => Promise.resolve());
    expect(await after.watch.fresh(60_000, 60_000)).toBe(true);
    expect(after.asked).toHaveLength(0);
    expect(after.watch.ageMs).toBeGreaterThanOrEqual(0);
    expect(after.watch.ageMs).toBeLessThan(60_000);
    expect(await after.watch.fresh(0, 60_000)).toBe(true);
    expect(after.asked).toHaveLength(1);
  });

  it('is asked for again by who ended before all that follows from it was done', async () => {
    const before = await opened(() => new Promise(() => undefined));
    void before.watch.round();
    while (before.watch.said().word.askedAt === 0 || (await store.get('authority-word')) === undefined)
      await new Promise(setImmediate);
    const after = await opened(() => Promise.resolve());
    expect(await after.watch.fresh(60_000, 60_000)).toBe(true);
    expect(after.asked).toHaveLength(1);
  });

  it('is not asked for by everybody while the authority is away, unless it has never said anything', async () => {
    let isAway = true;
    let now = Date.now();
    const { watch, asked } = await opened(
      () => Promise.resolve(),
      () => isAway,
      () => (now += 1),
    );
    expect(await watch.fresh(0, 60_000)).toBe(false);
    isAway = false;
    // Without a word nobody is signed in: that it did not answer a moment ago is no reason not to ask.
    expect(await watch.fresh(0, 60_000)).toBe(true);
    isAway = true;
    expect(await watch.fresh(0, 60_000)).toBe(false);
    isAway = false;
    expect(await watch.fresh(0, 60_000)).toBe(false);
    expect(asked).toHaveLength(3);
  });

  it('cuts off at once, and whoever signs in waits until the register says so too', async () => {
    const done: string[] = [];
    const follow: (() => void)[] = [];
    const { watch } = await opened((people) =>
      people === undefined
        ? Promise.resolve()
        : new Promise((resolve) => {
            follow.push(() => {
              done.push('followed');
              resolve();
            });
          }),
    );
    const round = watch.round();
    while (watch.said().word.askedAt === 0) await new Promise(setImmediate);
    expect(watch.said().word.people).toEqual({ anna: { role: 'viewer' } });
    const asked = watch.fresh(60_000, 60_000).then((isFresh) => done.push(`asked: ${isFresh}`));
    // On a slow disk the word is kept, and heard of, later than it is said.
    while (follow.length === 0) await new Promise(setImmediate);
    expect(done).toEqual([]);
    follow[0]?.();
    await Promise.all([round, asked]);
    expect(done).toEqual(['followed', 'asked: true']);
  });
});
