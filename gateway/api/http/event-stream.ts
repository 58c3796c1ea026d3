import { once } from 'node:events';
import type { Response } from 'express';
import { compareEntries, type FeedEntry } from '../../projection/feed-entry.js';
import type { FeedTable } from '../../projection/feed-table.js';
import type { Going } from './ongoing.js';

const heartbeatMs = 15_000;
/** Entries that are read and written at once: what a reader costs in memory, however far behind. */
const pageSize = 200;

export interface Reading {
  readonly feed: Pick<FeedTable, 'after' | 'latest' | 'has'>;
  readonly going: Going;
  /** Calls back whenever there is something new; what it returns stops that. */
  readonly subscribe: (wake: () => void) => () => void;
  /** Asked at every heartbeat. */
  readonly mayGoOn: () => boolean;
  /** The entry after which the reader wants to go on; without one, from now on. */
  readonly from: string | undefined;
  /** At the portal: whose entries are meant. */
  readonly enterprise: string | undefined;
  /** Whether everything that is known to have happened is in the feed. */
  readonly isComplete: boolean;
}

/**
 * Writes a person's part of the feed for as long as it is read. It is read from the table page by page, and the next page
 * only when the one before has left: a reader that is slow, or far behind, waits and is waited for.
 *
 * @throws CursorError, before anything is written, when the id to go on from is not one of an entry.
 */
export async function writeEvents(response: Response, reading: Reading): Promise<void> {
  const { feed, going, enterprise } = reading;
  const closed = new AbortController();
  let wake: () => void = () => undefined;
  const end = () => {
    closed.abort();
    wake();
  };
  const { after, gap } = beginning(reading);
  response.once('close', end);
  response.on('error', end);
  going.signal.addEventListener('abort', end);
  // A connection that was reset while the request was looked at has told of its end already.
  if (response.closed || going.signal.aborted) end();
  const unsubscribe = reading.subscribe(() => {
    wake();
  });
  const heartbeat = setInterval(() => {
    if (!reading.mayGoOn()) end();
    else if (response.writableLength === 0) response.write(': alive\n\n');
  }, heartbeatMs);
  const write = async (text: string) => {
    if (closed.signal.aborted || response.write(text)) return;
    await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
  };
  try {
    response.writeHead(200, streamHeaders);
    await write(`: connected\n\n${gap}`);
    for (let last = after; !closed.signal.aborted;) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const latest = feed.latest();
      const page = feed.after(last, pageSize, enterprise);
      await write(page.map(asEvent).join(''));
      const isLast = page.length < pageSize;
      // What came in between belongs to others: it need not be looked through again.
      last = isLast ? later(latest, page.at(-1)?.id) : (page.at(-1)?.id ?? last);
      if (isLast && feed.latest() === latest) await news;
    }
  } finally {
    clearInterval(heartbeat);
    unsubscribe();
    going.signal.removeEventListener('abort', end);
    // What a reader has not taken by now it asks for again, when it may.
    if (response.writableLength === 0) response.end();
    else response.destroy();
  }
}

const streamHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
} as const;

/** Where to go on from, and what is said first to a reader whose place is not among what is kept. */
function beginning({ feed, from, isComplete }: Reading): { readonly after: string; readonly gap: string } {
  if (from === undefined) return { after: feed.latest(), gap: '' };
  const isKept = feed.has(from);
  // While the feed is being built again the place may come yet.
  if (isKept || !isComplete) return { after: from, gap: '' };
  const after = later(from, feed.latest()) === from ? firstOfAll : from;
  const data = JSON.stringify({ after: from, detail: 'This entry is not kept here. Read the lists again.' });
  return { after, gap: `event: gap\ndata: ${data}\n\n` };
}

/** Before every entry. */
const firstOfAll = '0-0-0';

/** The later of two ids. */
function later(one: string, other: string | undefined): string {
  return other !== undefined && compareEntries(one, other) < 0 ? other : one;
}

function asEvent(entry: FeedEntry): string {
  return `id: ${entry.id}\nevent: ${entry.kind}\ndata: ${JSON.stringify(shown(entry))}\n\n`;
}

/** An entry as it travels. */
export function shown({ id, kind, time, content }: FeedEntry): Omit<FeedEntry, 'enterprise'> {
  return { id, kind, time, content };
}
