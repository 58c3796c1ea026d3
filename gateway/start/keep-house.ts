import type { Logger } from 'pino';
import type { Idempotency } from '../api/idempotency.js';
import type { SessionStore } from '../people/session-store.js';
import type { CleanUps } from './clean-ups.js';

const everyMs = 10 * 60_000;

/** Forgets, now and then, what nobody needs any more: idle sessions and old requests. */
export function keepHouse(
  sessions: SessionStore,
  idempotency: Idempotency,
  log: Logger,
  cleanUps: CleanUps,
): void {
  const timer = setInterval(() => {
    sessions.endIdle();
    idempotency.expire().catch((error: unknown) => {
      log.warn({ err: error }, 'old requests not removed');
    });
  }, everyMs);
  cleanUps.add(() => {
    clearInterval(timer);
  });
}
