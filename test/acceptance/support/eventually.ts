import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than any network takes to bring a commit to every organisation. */
const patienceMs = 20_000;

/** Asks again until there is an answer. @throws Error when none comes in time. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error('It did not happen in time.');
    await sleep(200);
  }
}
