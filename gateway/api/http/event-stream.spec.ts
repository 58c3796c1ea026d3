import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { FeedEntry } from '../../projection/feed-entry.js';
import { writeEvents } from './event-stream.js';
import type { Reading } from './event-stream.js';
import { Ongoing } from './ongoing.js';

const person = { id: 'viewer', mspId: 'BankAMSP', role: 'viewer' } as const;
const session = { id: 's', person } as unknown as Parameters<Ongoing['begin']>[0];

/** A feed in memory, in blocks of one entry each. */
class Feed {
  readonly entries: FeedEntry[] = [];
  pages = 0;

  add(count: number, enterprise?: string): void {
    for (let index = 0; index < count; index++) {
      const id = `${this.entries.length + 1}-0-0`;
      this.entries.push({ id, kind: 'change', time: '', content: { text: 'x'.repeat(300) }, enterprise });
    }
  }
  after(id: string, limit: number, enterprise?: string): FeedEntry[] {
    this.pages += 1;
    const start = Number(id.split('-')[0]);
    const rest = this.entries.slice(start);
    return rest
      .filter((entry) => enterprise === undefined || entry.enterprise === enterprise)
      .slice(0, limit);
  }
  latest(): string {
    return this.entries.at(-1)?.id ?? '0-0-0';
  }
  has(id: string): boolean {
    return this.entries.some((entry) => entry.id === id);
  }
}

describe('a stream of events', () => {
  let feed: Feed;
  let ongoing: Ongoing;
  let server: Server;
  let wakes: Set<() => void>;
  let reading: Partial<Reading>;

  beforeEach(async () => {
    feed = new Feed();
    ongoing = new Ongoing(3);
    wakes = new Set();
    reading = {};
    const app = express();
    app.get('/', async (request, response) => {
      // As the gateway, which looks at a session first: the client may be gone by then.
      await sleep(20);
      const going = ongoing.beginStream(session);
      const subscribe = (wake: () => void) => {
        wakes.add(wake);
        return () => wakes.delete(wake);
      };
      const from = typeof request.query['after'] === 'string' ? request.query['after'] : undefined;
      const rest = { subscribe, mayGoOn: () => true, enterprise: undefined, isComplete: true };
      await writeEvents(response, { feed, going, from, ...rest, ...reading });
      going.done();
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = async (query = ''): Promise<IncomingMessage> => {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(get(`http://127.0.0.1:${port}/${query}`), 'response')) as [
      IncomingMessage,
    ];
    return response.setEncoding('utf8');
  };
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; tries < 500 && !isSo(); tries++) await sleep(10);
    expect(isSo()).toBe(true);
  };
  const idsIn = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id);

  it('brings a reader up from any distance, a page at a time, however slowly they read', async () => {
    feed.add(20_000);
    const response = await open('?after=1-0-0');
    await sleep(200);
    // About 7 MB are due; nobody has read, so no more was taken from the feed than fits on the way.
    expect(feed.pages).toBeLessThan(90);
    let text = '';
    response.on('data', (chunk: string) => (text += chunk));
    await until(() => text.includes('id: 20000-0-0'));
    expect(idsIn(text)).toEqual(feed.entries.slice(1).map(({ id }) => id));
    feed.add(1);
    for (const wake of wakes) wake();
    await until(() => text.includes('id: 20001-0-0'));
    response.destroy();
    await until(() => ongoing.streamsOf('viewer') === 0);
    expect(wakes.size).toBe(0);
  });

  it('hears of its own enterprise only, and does not look through the others again', async () => {
    feed.add(500, 'other');
    reading = { enterprise: 'own' };
    const response = await open();
    let text = '';
    response.on('data', (chunk: string) => (text += chunk));
    feed.add(2, 'own');
    feed.add(1, 'other');
    await until(() => wakes.size === 1);
    for (const wake of wakes) wake();
    await until(() => text.includes('id: 502-0-0'));
    expect(idsIn(text)).toEqual(['501-0-0', '502-0-0']);
    response.destroy();
  });

  it.each([
    ['of another chain', '?after=900-0-0', '1-0-0', true],
    ['that is kept', '?after=2-0-0', '3-0-0', false],
  ])('goes on from an entry %s', async (_, query, first, gap) => {
    feed.add(5);
    const response = await open(query);
    let text = '';
    response.on('data', (chunk: string) => (text += chunk));
    await until(() => text.includes('id: 5-0-0'));
    expect(idsIn(text)[0]).toBe(first);
    expect(text.includes('event: gap')).toBe(gap);
    response.destroy();
  });

  it('leaves nothing of connections that were reset before it began', async () => {
    const { port } = server.address() as AddressInfo;
    for (let index = 0; index < 3; index++) {
      const request = get(`http://127.0.0.1:${port}/`);
      request.on('error', () => undefined);
      await once(request, 'socket');
      await sleep(5);
      request.destroy();
    }
    await sleep(100);
    await until(() => ongoing.streamsOf('viewer') === 0 && wakes.size === 0);
  });

  it('ends with the session, also for a reader who does not read', async () => {
    feed.add(20_000);
    const response = await open('?after=0-0-0');
    await sleep(100);
    ongoing.sessionEnded(session);
    await until(() => ongoing.streamsOf('viewer') === 0);
    response.on('error', () => undefined);
    response.resume();
    await new Promise((resolve) => response.once('close', resolve));
  });
});

describe('streams of one person', () => {
  it('are bounded, whatever session they belong to', () => {
    const ongoing = new Ongoing(2);
    const other = { ...session, id: 't' };
    const first = ongoing.beginStream(session);
    ongoing.beginStream(other);
    expect(() => ongoing.beginStream(session)).toThrow(/as many programs/);
    first.done();
    first.done();
    ongoing.beginStream(session);
    expect(() => ongoing.beginStream(other)).toThrow(/as many programs/);
  });
});
