import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LevelStore } from '../storage/level-store.js';
import { KeptSessions } from './kept-sessions.js';
import { SessionStore } from './session-store.js';
import type { Session } from './session-store.js';

const masterKey = Buffer.alloc(32, 5);
const limits = { idleMs: 900_000, mostMs: 3_600_000 };
const identity = { mspId: 'BankAMSP', certificate: 'a certificate', privateKey: 'what nobody may read' };
const anna = { id: 'anna', mspId: 'BankAMSP', kind: 'bank', role: 'officer' } as const;
const robot = { ...anna, id: 'robot', uscc: '91110000600037341L' };

describe('sessions that replicas share', () => {
  let folder: string;
  let store: LevelStore;
  let now: number;
  let ended: Session[];
  const log = { warn: () => undefined };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-sessions-'));
    store = await LevelStore.open(folder);
    now = 1_000_000;
    ended = [];
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const replica = async (key: Uint8Array = masterKey) =>
    new SessionStore(
      limits,
      (one) => ended.push(one),
      () => now,
      await KeptSessions.open(store, key, log),
    );
  /** What was written without anybody waiting for it. */
  const settled = () => store.put('settled', 1).then(() => store.delete('settled'));
  const text = async () => {
    await settled();
    const kept = [];
    for await (const entry of store.entries('')) kept.push(entry);
    return JSON.stringify(kept);
  };

  it('go on at another replica, with everything that belongs to them', async () => {
    const first = await replica();
    const machine = { kid: 'key-1', scopes: new Set(['claims']), boundTo: 'AA:BB' };
    const { token } = first.start(anna, identity, undefined, '192.0.2.1');
    const { token: other } = first.start(robot, identity, new Date(now + 60_000), undefined, machine);
    const before = [first.find(token), first.find(other)];
    await settled();
    first.endAll();
    const second = await replica();
    expect([second.find(token), second.find(other)]).toEqual(before);
    expect(second.find(token)?.identity.privateKey).toBe(identity.privateKey);
  });

  it('hold no key and no token that somebody could read', async () => {
    const sessions = await replica();
    const { token } = sessions.start(anna, identity);
    const kept = await text();
    expect(kept).toContain('a certificate');
    for (const secret of [identity.privateKey, Buffer.from(identity.privateKey).toString('base64'), token]) {
      expect(kept).not.toContain(secret);
    }
  });

  it('are nobody’s under another key of the hosts: their holders sign in again', async () => {
    const { token } = (await replica()).start(anna, identity);
    await settled();
    const other = await replica(Buffer.alloc(32, 6));
    expect(other.find(token)).toBeUndefined();
    expect(await text()).toBe('[]');
  });

  it('end everywhere, before their holder has come back too', async () => {
    const first = await replica();
    const tokens = [anna, anna, robot].map((person) => first.start(person, identity).token);
    await settled();
    const second = await replica();
    expect(second.endAllOf('anna')).toBe(2);
    await settled();
    expect(ended.map(({ person }) => person.id)).toEqual(['anna', 'anna']);
    const third = await replica();
    expect(tokens.map((token) => third.find(token)?.person.id)).toEqual([undefined, undefined, 'robot']);
  });

  it('end of themselves wherever they are, at most a minute early, never late', async () => {
    const first = await replica();
    const { token } = first.start(anna, identity);
    for (let minute = 0; minute < 30; minute++) {
      now += 60_000;
      expect(first.find(token)).toBeDefined();
    }
    await settled();
    const second = await replica();
    now += limits.idleMs - 60_000 - 1;
    expect(second.find(token)).toBeDefined();
    now = 1_000_000 + limits.mostMs;
    expect((await replica()).find(token)).toBeUndefined();
  });

  it('of another version are not there: their holders sign in again', async () => {
    await store.put('an id', { of: 'another version' });
    expect((await replica()).allOf('anna')).toEqual([]);
    expect(await text()).toBe('[]');
  });
});
