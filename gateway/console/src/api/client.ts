import { createPledgeOnceClient } from '@pledgeonce/client';
import { ApiProblem, OfflineError, readProblem } from './problem.js';

/** The API of the gateway that served this page. The session lies in a cookie that no script reads. */
export const api = createPledgeOnceClient({
  baseUrl: `${location.origin}/api/v1`,
  headers: { 'X-PledgeOnce-Page': '1' },
});

const expiry = new EventTarget();

/** Calls back whenever the gateway says that the session is over. @returns how to stop. */
export function onExpired(listener: () => void): () => void {
  expiry.addEventListener('expired', listener);
  return () => {
    expiry.removeEventListener('expired', listener);
  };
}

/** What an address that also answers a table answers to whoever asks for records. */
export type Content<T> = Exclude<T, string>;

interface Sent<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The content of an answer.
 *
 * @throws ApiProblem when the gateway refuses; OfflineError when it is not reached.
 */
export async function content<T>(sending: Promise<Sent<T>>): Promise<Content<T>> {
  const { data, error, response } = await reach(sending);
  if (response.ok) return data as Content<T>;
  const problem = readProblem(error, response);
  if (response.status === 401 && problem.code === 'UNAUTHENTICATED')
    expiry.dispatchEvent(new Event('expired'));
  throw problem;
}

async function reach<T>(sending: Promise<Sent<T>>): Promise<Sent<T>> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw new OfflineError(error);
  }
}
