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

/**
 * Sends a message once. Redirects are not followed: what is at another address was not agreed on. Of the answer only its
 * status is read.
 *
 * @returns the HTTP status.
 * @throws AddressNotAllowedError, or Error when no answer came in time.
 */
export async function postMessage(
  { url: text, headers, body }: Message,
  allowed: AllowedAddresses,
  stopped: AbortSignal,
): Promise<number> {
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
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.once('error', (error) => {
      reject(timeout.aborted ? new Error('No answer came within 15 seconds.', { cause: error }) : error);
    });
    request.end(body);
  });
}
