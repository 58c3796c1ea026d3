import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until there is an answer; undefined when there is none in time. */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  patienceMs: number,
  everyMs = 250,
): Promise<T | undefined> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() >= until) return answer;
    await sleep(everyMs);
  }
}
