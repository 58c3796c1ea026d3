import { LockOut } from './lock-out.js';
import { SessionStore } from './session-store.js';
import type { Session } from './session-store.js';

const identity = { mspId: 'BankAMSP', certificate: '', privateKey: '' };
const anna = { id: 'anna', mspId: 'BankAMSP', kind: 'bank', role: 'officer' } as const;
const limits = { idleMs: 15_000, mostMs: 60_000 };

describe('sessions', () => {
  let now = 1_000_000;
  let ended: Session[];
  let sessions: SessionStore;

  beforeEach(() => {
    ended = [];
    sessions = new SessionStore(
      limits,
      (one) => ended.push(one),
      () => now,
    );
  });

  it('slide while they are used, and end when they are not', () => {
    const { token, expiresAt } = sessions.start(anna, identity);
    expect(expiresAt.getTime()).toBe(now + 15_000);
    now += 14_000;
    expect(sessions.find(token)?.person).toEqual(anna);
    now += 14_000;
    expect(sessions.find(token)).toBeDefined();
    now += 15_000;
    expect(sessions.find(token)).toBeUndefined();
    expect(ended).toHaveLength(1);
  });

  it('end after their longest life, however busy', () => {
    const { token } = sessions.start(anna, identity);
    for (let used = 0; used < 5; used++) {
      now += 10_000;
      expect(sessions.find(token)).toBeDefined();
    }
    now += 10_000;
    expect(sessions.find(token)).toBeUndefined();
  });

  it('end with the certificate that they sign with', () => {
    const { token, expiresAt } = sessions.start(anna, identity, new Date(now + 9_000));
    expect(expiresAt.getTime()).toBe(now + 9_000);
    now += 8_000;
    expect(sessions.find(token)).toBeDefined();
    now += 1_000;
    expect(sessions.find(token)).toBeUndefined();
  });

  it('end together when their person may no longer act', () => {
    const tokens = [sessions.start(anna, identity), sessions.start(anna, identity)];
    sessions.endAllOf('anna');
    for (const { token } of tokens) expect(sessions.find(token)).toBeUndefined();
    expect(ended).toHaveLength(2);
  });

  it('do not accept a token of another organisation or of a former process', () => {
    const { token } = new SessionStore(limits, undefined, () => now).start(anna, identity);
    sessions.start(anna, identity);
    expect(sessions.find(token)).toBeUndefined();
  });

  it('have tokens that say nothing of their person, and keep no token', () => {
    const { token } = sessions.start(anna, identity);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/anna|officer/);
    expect(sessions.find(token)?.id).not.toBe(token);
  });

  it('tell who waits for their end, at once when they have ended', () => {
    const { token } = sessions.start(anna, identity);
    const session = sessions.find(token);
    if (session === undefined) throw new Error('There is no session.');
    const told: string[] = [];
    sessions.whenEnded(session, () => told.push('first'));
    sessions.whenEnded(session, () => told.push('second'))();
    sessions.endAllOf('anna');
    sessions.whenEnded(session, () => told.push('late'));
    expect(told).toEqual(['first', 'late']);
    expect(sessions.isLive(session)).toBe(false);
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
