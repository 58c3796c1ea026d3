import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait before the next attempt, with jitter so that losers of one race do not meet again. */
export function backoffMs(attempt: number, firstMs: number, longestMs: number, random = Math.random): number {
  return Math.round(Math.min(firstMs * 2 ** attempt, longestMs) * (0.5 + random()));
}

/** Waits; an aborted wait ends at once and without an error. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}
