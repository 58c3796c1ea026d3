import { LockOut } from './lock-out.js';
import { SessionStore } from './session-store.js';
import type { Session } from './session-store.js';

const key = new Uint8Array(32).fill(7);
const identity = { mspId: 'BankAMSP', certificate: '', privateKey: '' };
const anna = { id: 'anna', mspId: 'BankAMSP', role: 'officer' } as const;
const limits = { idleMs: 15_000, mostMs: 60_000 };

describe('sessions', () => {
  let now = 1_000_000;
  let ended: Session[];
  let sessions: SessionStore;

  beforeEach(() => {
    ended = [];
    sessions = new SessionStore(
      key,
      'BankAMSP',
      limits,
      (one) => ended.push(one),
      () => now,
    );
  });

  it('slide while they are used, and end when they are not', async () => {
    const { token, expiresAt } = await sessions.start(anna, identity);
    expect(expiresAt.getTime()).toBe(now + 15_000);
    now += 14_000;
    expect((await sessions.find(token))?.person).toEqual(anna);
    now += 14_000;
    expect(await sessions.find(token)).toBeDefined();
    now += 15_000;
    expect(await sessions.find(token)).toBeUndefined();
    expect(ended).toHaveLength(1);
  });

  it('end after their longest life, however busy', async () => {
    const { token } = await sessions.start(anna, identity);
    for (let used = 0; used < 5; used++) {
      now += 10_000;
      expect(await sessions.find(token)).toBeDefined();
    }
    now += 10_000;
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('end with the certificate that they sign with', async () => {
    const { token, expiresAt } = await sessions.start(anna, identity, new Date(now + 9_000));
    expect(expiresAt.getTime()).toBe(now + 9_000);
    now += 8_000;
    expect(await sessions.find(token)).toBeDefined();
    now += 1_000;
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('end together when their person may no longer act', async () => {
    const tokens = await Promise.all([sessions.start(anna, identity), sessions.start(anna, identity)]);
    sessions.endAllOf('anna');
    for (const { token } of tokens) expect(await sessions.find(token)).toBeUndefined();
    expect(ended).toHaveLength(2);
  });

  it('do not accept a token of another organisation, of another key, or of a former process', async () => {
    const elsewhere = [
      new SessionStore(key, 'BankBMSP', limits, undefined, () => now),
      new SessionStore(new Uint8Array(32), 'BankAMSP', limits, undefined, () => now),
      new SessionStore(key, 'BankAMSP', limits, undefined, () => now),
    ];
    for (const store of elsewhere) {
      const { token } = await store.start(anna, identity);
      expect(await sessions.find(token)).toBeUndefined();
    }
  });
});

describe('locking out', () => {
  it('forgives mistyping, then locks for twice as long each time, up to an hour', () => {
    let now = 0;
    const lockOut = new LockOut(() => now);
    const waits = Array.from({ length: 14 }, () => {
      lockOut.failed('anna');
      const wait = lockOut.wait('anna');
      now += wait;
      return wait / 1000;
    });
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    expect(lockOut.wait('bert')).toBe(0);
    lockOut.succeeded('anna');
    lockOut.failed('anna');
    expect(lockOut.wait('anna')).toBe(0);
  });
});
