import { messageOf } from '../../message-of.js';

const patienceMs = 10_000;

/**
 * Hands a revocation list to the organisation's gateway, so that it need not wait for its next round. The list proves
 * itself by its signature.
 *
 * @param gateway Where the gateway answers, such as `http://127.0.0.1:4006`.
 * @returns undefined when the gateway has taken it; otherwise why not.
 */
export async function tellGateway(gateway: string, list: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${gateway}/api/v1/revocation-lists`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ list }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? undefined : `it answers ${response.status}`;
  } catch (error) {
    return messageOf(error);
  }
}
