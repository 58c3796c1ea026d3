import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AllowedAddresses } from './allowed-addresses.js';

/** How long a receiver may take to answer, milliseconds. */
const answerTimeoutMs = 15_000;

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver answers. */
export interface Taken {
  readonly status: number;
  /** For how long it asks to be left alone. */
  readonly retryAfterMs: number;
}

/**
 * Sends a message once. Redirects are not followed: what is at another address was not agreed on. Of the answer only its
 * status is read, and when to come again.
 *
 * @throws AddressNotAllowedError, or Error when no answer came in time.
 */
export async function postMessage(
  { url: text, headers, body }: Message,
  allowed: AllowedAddresses,
  stopped: AbortSignal,
): Promise<Taken> {
  const url = new URL(text);
  allowed.assertUrl(url);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      agent: false,
      lookup: allowed.lookupFor(url.protocol),
      signal: AbortSignal.any([stopped, timeout]),
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'PledgeOnce-Webhooks',
      },
    });
    request.once('response', (response) => {
      resolve({
        status: response.statusCode ?? 0,
        retryAfterMs: millisecondsIn(response.headers['retry-after']),
      });
      response.destroy();
    });
    request.once('error', (error) => {
      reject(timeout.aborted ? new Error('No answer came within 15 seconds.', { cause: error }) : error);
    });
    request.end(body);
  });
}

/** `Retry-After` as RFC 9110 has it, in seconds or as a date; 0 for none, and for what is neither. */
function millisecondsIn(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0;
}
