import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 4;
const closed: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Sends a request, and again when its connection was closed or reset on the way: by a server or proxy that held it for idle
 * just as the request left, or by one that was started again. Whatever changes something carries an idempotency key, under
 * which the first answer comes again; a body that is a stream is sent once.
 *
 * @param request an address, or a whole request, which is copied for each attempt: sending uses up its body.
 */
export async function send(request: string | Request, init: RequestInit = {}): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetch(typeof request === 'string' ? request : request.clone(), init);
    } catch (error) {
      if (attempt === attempts || init.body instanceof ReadableStream || !isClosedConnection(error))
        throw error;
      await sleep(20 * attempt);
    }
  }
}

// Under Jest the error comes from another realm, where it is no instance of our Error.
function isClosedConnection(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  return typeof cause?.code === 'string' && closed.has(cause.code);
}
