import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 4;

/**
 * Sends a request, and again when the server had closed the idle connection just as it left: on a busy machine that
 * happens, and nobody has read it. Whatever changes something carries an idempotency key that makes it harmless.
 */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (attempt === attempts || !isClosedConnection(error)) throw error;
      await sleep(20 * attempt);
    }
  }
}

// Under Jest the error comes from another realm, where it is no instance of our Error.
function isClosedConnection(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } };
  return cause?.code === 'UND_ERR_SOCKET' && cause.message === 'other side closed';
}
