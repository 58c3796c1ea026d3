import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';

/** Signs in from another address of this machine than everybody else. @returns the status. */
export async function signInFrom(
  localAddress: string,
  gateway: string,
  enrolmentId: string,
  secret: string,
): Promise<number> {
  const call = request(`${gateway}/api/v1/sessions`, {
    method: 'POST',
    localAddress,
    headers: { 'content-type': 'application/json' },
  });
  call.end(JSON.stringify({ enrolmentId, secret }));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  await text(response);
  return response.statusCode ?? 0;
}
