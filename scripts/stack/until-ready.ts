import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from './failure.js';

/**
 * Waits for gateways that somebody else has started, such as a container engine.
 *
 * @param limitMs for how long, all together.
 * @throws Failure naming the first that does not become ready, and what it says of itself.
 */
export async function untilReady(urls: readonly string[], limitMs = 180_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (const url of urls) {
    for (;;) {
      const said = await stateOf(url);
      if (said === undefined) break;
      if (Date.now() > deadline)
        throw new Failure(`${url} does not become ready: ${said}`, 'Look into the log of that gateway.');
      await pause(500);
    }
  }
}

/** @returns why it is not ready; undefined when it is. */
async function stateOf(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const text = await answer.text();
    return answer.ok ? undefined : text;
  } catch {
    return 'nobody answers there';
  }
}
