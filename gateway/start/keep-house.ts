import type { Logger } from 'pino';
import type { Outbox } from '../ledger/outbox.js';
import type { SessionStore } from '../people/session-store.js';
import { Rounds } from '../time/rounds.js';
import type { CleanUps } from './clean-ups.js';

const forgetEveryMs = 10 * 60_000;
const settleEveryMs = 5_000;
const complaint = 'old requests not removed';
/** Whoever waits for a younger transaction asks for it themselves. */
const settleAfterMs = 60_000;

export interface HouseParts {
  readonly sessions: Pick<SessionStore, 'endIdle'>;
  readonly outbox: Pick<Outbox, 'settleAll'>;
  /** What forgets by itself what is older than promised. */
  readonly kept: readonly { expire(): Promise<void> }[];
  readonly log: Logger;
}

/**
 * Forgets, now and then, what nobody needs any more; and brings what a crash has left open to a verdict.
 */
export function keepHouse({ sessions, outbox, kept, log }: HouseParts, cleanUps: CleanUps): void {
  const startedAt = Date.now();
  // What a former process has left is nobody's to wait for.
  const settle = () => outbox.settleAll(Math.max(startedAt, Date.now() - settleAfterMs));
  const forget = async () => {
    sessions.endIdle();
    for (const one of kept) {
      // What one cannot forget keeps the others from nothing.
      await one.expire().catch((error: unknown) => {
        log.warn({ err: error }, complaint);
      });
    }
  };
  const rounds = [
    new Rounds(settleEveryMs, settle, log, 'open transactions not settled'),
    new Rounds(forgetEveryMs, forget, log, complaint),
  ];
  for (const one of rounds) one.start();
  cleanUps.add(async () => {
    await Promise.all(rounds.map((one) => one.stop()));
  });
}
