import { clockToleranceMs } from '../clock.js';
import { limits } from '../schemas.js';

const day = 86_400_000;

/**
 * Until when a step that one person has proposed waits for the second one.
 *
 * @param proposed milliseconds since 1970.
 */
export function waitsUntil(proposed: number): number {
  return proposed + limits.awaitingDays * day;
}

/** Whether a step still waits: one that nobody has confirmed in time has lapsed, by whichever clock. */
export function stillWaits(until: number, now: number): boolean {
  return now <= until + clockToleranceMs;
}
