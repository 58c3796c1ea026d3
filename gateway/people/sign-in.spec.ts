import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { nothingSaid } from './authority-word.js';
import type { AuthorityWord } from './authority-word.js';
import { CertificateAuthorityError } from './certificate-authority.js';
import { PeopleLog } from './people-log.js';
import { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import type { Prove } from './prove.js';
import { SessionStore } from './session-store.js';
import { SignIn, SignInError, refusalStepMs } from './sign-in.js';

const anna: PersonRecord = {
  id: 'anna',
  role: 'officer',
  state: 'active',
  since: '2026-01-01T00:00:00.000Z',
  secretAt: 'gateway',
  version: 1,
  errands: [],
  wrongAtAuthority: 0,
  requests: [],
};

describe('a refused sign-in', () => {
  let folder: string;
  let store: DurableStore;
  let register: PeopleRegister;
  let people: PeopleLog;
  let now: number;
  let signIn: SignIn;
  let workMs: number;
  let proven: (() => Promise<Awaited<ReturnType<Prove>>>) | undefined;
  let word: AuthorityWord;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-sign-in-'));
    store = await LevelStore.open(join(folder, 'people'));
    register = await PeopleRegister.open(store);
    people = await PeopleLog.open(store);
    now = 5_000;
    workMs = 60;
    proven = undefined;
    word = { ...nothingSaid, askedAt: 1 };
    signIn = new SignIn({
      organisation: { mspId: 'BankAMSP', kind: 'bank' },
      register,
      people,
      store: {
        pretend: () => Promise.resolve(),
        save: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      },
      watch: { fresh: () => Promise.resolve(true), said: () => ({ word, revoked: new Set() }) },
      prove: () => {
        now += workMs;
        return proven?.() ?? Promise.resolve(undefined);
      },
      sessions: new SessionStore({ idleMs: 1_000, mostMs: 1_000 }),
      mayAct: () => undefined,
      log: pino({ level: 'silent' }),
      clock: () => now,
      pause: (ms) => {
        now += ms;
        return Promise.resolve();
      },
    });
  });

  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['nobody', 0],
    ['anna', 60],
    ['anna', 240],
    ['ANNA', 999],
  ])('of %s is answered at a whole step, whatever the work took', async (id, took) => {
    await register.put(anna);
    workMs = took;
    const began = now;
    await expect(signIn.signIn(id, 'wrong', '10.0.0.1')).rejects.toThrow(SignInError);
    expect(now - began).toBe(refusalStepMs);
  });

  it.each(['invited', 'locked', 'suspended', 'removed'] as const)(
    'of somebody who is %s never looks at the secret',
    async (state) => {
      await register.put({ ...anna, state });
      workMs = 10_000;
      await expect(signIn.signIn('anna', 'right', '10.0.0.1')).rejects.toThrow(SignInError);
      expect(now).toBe(5_000 + refusalStepMs);
    },
  );

  it('of somebody whom nobody can know yet, because the authority has not said a word, is no refusal', async () => {
    word = nothingSaid;
    await expect(signIn.signIn('nobody', 'right', '10.0.0.1')).rejects.toThrow(CertificateAuthorityError);
    expect((await people.page(undefined, 10, () => true)).items).toEqual([]);
    // Whoever is known is judged by what is known.
    await register.put(anna);
    await expect(signIn.signIn('anna', 'wrong', '10.0.0.1')).rejects.toThrow(SignInError);
  });

  it('is none where somebody was changed meanwhile: the secret is held against who they are now', async () => {
    await register.put(anna);
    let asked = 0;
    proven = async () => {
      asked += 1;
      if (asked > 1) return undefined;
      await register.put({ ...anna, role: 'viewer', version: 2 });
      return { identity: { mspId: 'BankAMSP', certificate: '', privateKey: '' }, isNew: false };
    };
    await expect(signIn.signIn('anna', 'right', '10.0.0.1')).rejects.toThrow(SignInError);
    expect(asked).toBe(2);
    // Who was removed meanwhile is not asked about again.
    proven = async () => {
      asked += 1;
      await register.put({ ...anna, state: 'removed', version: 3 });
      return { identity: { mspId: 'BankAMSP', certificate: '', privateKey: '' }, isNew: false };
    };
    await expect(signIn.signIn('anna', 'right', '10.0.0.1')).rejects.toThrow(SignInError);
    expect(asked).toBe(3);
  });

  it('leaves a record without the secret, and an alert when it goes on', async () => {
    await register.put(anna);
    for (let turn = 0; turn < 5; turn++) await signIn.signIn('Anna', 'hunter2', '10.0.0.1').catch(() => 0);
    const { items } = await people.page(undefined, 10, () => true);
    expect(items.map(({ kind, person, alert }) => ({ kind, person, alert }))).toEqual([
      { kind: 'sign-in-paused', person: 'anna', alert: true },
      ...Array.from({ length: 4 }, () => ({ kind: 'sign-in-refused', person: 'anna', alert: false })),
    ]);
    expect(JSON.stringify(items)).not.toContain('hunter2');
  });

  it('and the register are there again after a restart', async () => {
    await register.put({ ...anna, state: 'removed' });
    await signIn.signIn('anna', 'x', '10.0.0.1').catch(() => 0);
    await store.close();
    store = await LevelStore.open(join(folder, 'people'));
    expect((await PeopleRegister.open(store)).find('ANNA')?.state).toBe('removed');
    const log = await PeopleLog.open(store);
    await log.write({ kind: 'signed-in', person: 'bert' });
    expect((await log.page(undefined, 10, () => true)).items.map(({ number }) => number)).toEqual([1, 0]);
  });
});
