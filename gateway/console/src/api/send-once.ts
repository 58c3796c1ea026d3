import { OfflineError } from './problem.js';

/** What a request that changes something came to, so far. */
interface Reply<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** Tells the form that the outcome is not known yet, and that it is being asked for. */
export type OnPending = () => void;

const askAgainMs = 1_500;
const attempts = 120;

/**
 * Sends a request until its outcome is known. Under the same key the gateway carries it out once, however often it is sent,
 * so that asking again is sending again.
 *
 * @throws OfflineError when the gateway was not reached again in time.
 */
export async function sendOnce<T>(
  send: (key: string) => Promise<Reply<T>>,
  key: string,
  onPending: OnPending,
): Promise<Reply<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const reply = await send(key);
      if (reply.response.status !== 202 || !isPending(reply.data)) return reply;
    } catch (error) {
      if (attempt >= attempts || !navigator.onLine) throw new OfflineError(error);
    }
    if (attempt >= attempts) throw new OfflineError(undefined);
    onPending();
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

function isPending(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'operation' in data;
}
