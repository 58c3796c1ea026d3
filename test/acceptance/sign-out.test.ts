import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, signIn, type Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { consortium } from './support/consortium.js';
import { declaration } from './support/documents.js';

const accept = { accept: 'text/event-stream' };

async function openStream(client: Client): Promise<Response> {
  const response = await client.fetch('GET', '/events', { headers: accept });
  expect(response.status).toBe(200);
  return response;
}

/** Signed in anew, so that what is ended here is nobody else's. */
const fresh = (msp: string, who: string) => signIn(consortium(), msp, who);

describe('what goes on in the name of somebody signed in', () => {
  it('ends with the session: an event stream', async () => {
    const viewer = await fresh('BankBMSP', 'viewer');
    const response = await openStream(viewer);
    expect((await viewer.request('DELETE', '/sessions/current')).status).toBe(204);
    // It ends by itself; a stream that went on would never let this return.
    expect(await response.text().catch(() => 'cut')).toBeDefined();
    expect((await viewer.fetch('GET', '/events', { headers: accept })).status).toBe(401);
  });

  it('ends with the session: an import, of which nothing more is recorded', async () => {
    const customs = await fresh('CustomsMSP', 'officer');
    const colleague = await fresh('CustomsMSP', 'officer');
    const facts = Array.from({ length: 3 }, () => declaration());
    const lines = new TransformStream<Uint8Array, Uint8Array>();
    const writer = lines.writable.getWriter();
    const send = (fact: unknown) => writer.write(new TextEncoder().encode(`${JSON.stringify(fact)}\n`));
    void send(facts[0]);
    const response = await fetch(`${customs.url}/api/v1/facts/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${customs.token}`,
        'idempotency-key': `cut-${facts[0]?.number ?? ''}`,
        'content-type': 'application/x-ndjson',
      },
      body: lines.readable,
      duplex: 'half',
    });
    // The first verdict is there while the client has more to say.
    const verdicts = readLines(response);
    expect((await verdicts.next()).value).toMatchObject({ index: 0, status: 'recorded' });
    expect((await customs.request('DELETE', '/sessions/current')).status).toBe(204);
    expect((await verdicts.next()).value).toMatchObject({
      index: 1,
      status: 'refused',
      code: 'UNAUTHENTICATED',
    });
    expect((await verdicts.next()).done).toBe(true);
    await send(facts[1]).catch(() => undefined);
    await writer.close().catch(() => undefined);
    const found = await colleague.get(`/facts?number=${facts[1]?.number ?? ''}`);
    expect(listAt(found.body, 'items')).toEqual([]);
  });

  it('is bounded: event streams of one person, not counting those that were reset', async () => {
    const auditor = await fresh('BankBMSP', 'auditor');
    const { hostname, port } = new URL(organisationOf(consortium(), 'BankBMSP').url);
    for (let count = 0; count < 40; count++) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(
        `GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${auditor.token}\r\n\r\n`,
      );
      socket.resetAndDestroy();
    }
    await sleep(500);
    for (let count = 0; count < 20; count++) {
      expect((await auditor.fetch('HEAD' as 'GET', '/events', { headers: accept })).status).toBe(200);
    }
    const abort = new AbortController();
    const open = () => auditor.fetch('GET', '/events', { headers: accept, signal: abort.signal });
    const statuses: number[] = [];
    let last: unknown;
    for (let count = 0; count < 11; count++) {
      const response = await open();
      statuses.push(response.status);
      if (response.status !== 200) last = await response.json();
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect(at(last, 'code')).toBe('TOO_MANY_STREAMS');
    abort.abort();
    await auditor.request('DELETE', '/sessions/current');
  });
});

async function* readLines(response: Response): AsyncGenerator<Json> {
  let rest = '';
  if (response.body === null) return;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Json;
  }
}
