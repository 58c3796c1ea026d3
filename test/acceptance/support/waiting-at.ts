import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';

/** What waits at a record for somebody; the inbox of a consortium that others use is long, with the oldest first. */
export async function waitingAt(client: Client, id: string, kind: string): Promise<Json | undefined> {
  let cursor = '';
  for (;;) {
    const { status, body } = await client.get(`/inbox?kind=${kind}&limit=200${cursor}`);
    expect(status).toBe(200);
    const found = listAt(body, 'items').find((item) => at(item, 'id') === id);
    if (found !== undefined) return found;
    if (body['next'] === undefined) return undefined;
    cursor = `&cursor=${textAt(body, 'next')}`;
  }
}
