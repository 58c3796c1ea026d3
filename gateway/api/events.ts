import type { Response } from 'express';
import { once } from 'node:events';
import { z } from 'zod';
import type { FeedEntry } from '../projection/apply-block.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { ownView } from './own-view.js';
import { wholeNumber } from './shared-schemas.js';

const heartbeatMs = 15_000;
const pageSize = 500;
/** Claims that are named as falling due. */
const mostDue = 1_000;

const entrySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['alert', 'change']),
  time: z.string(),
  content: z.unknown(),
});

const readers = { roles: ['officer', 'approver', 'auditor', 'viewer'] } as const;

/** What happens to the organisation's records, as it happens; at the portal, to those of the person's enterprise. */
export function eventEndpoints(context: ApiContext): Endpoint[] {
  const { projection, follower, sessions } = context;
  return [
    endpoint({
      method: 'get',
      path: '/events',
      tag: 'events',
      summary: 'Alerts and changes as server-sent events; Last-Event-ID resumes',
      access: readers,
      query: z.strictObject({ after: z.string().max(60).optional() }),
      answers: { 200: { description: 'The stream', contentType: 'text/event-stream' } },
      handle: async ({ query, caller }, request, response) => {
        const { enterprise } = ownView(caller);
        const from = request.get('Last-Event-ID') ?? query.after;
        // Found out before the headers leave, so that a wrong id is still a problem document.
        const after = (id: string) => projection.feed.after(id, pageSize, enterprise);
        const backlog = from === undefined ? [] : after(from);
        const hears = (entry: FeedEntry) => enterprise === undefined || entry.enterprise === enterprise;
        const expiresAt = () => sessions.expiresAt(caller.session);
        await stream(context, response, { backlog, after, hears, expiresAt });
        return undefined;
      },
    }),
    endpoint({
      method: 'get',
      path: '/alerts',
      tag: 'events',
      summary: 'The latest alerts, and claims that fall due',
      access: readers,
      query: z.strictObject({
        limit: wholeNumber(1, 500).default(100),
        /** The last alert of the page before. */
        cursor: z.string().max(60).optional(),
        dueWithinDays: wholeNumber(0, 365).default(7),
      }),
      answers: {
        200: {
          description: 'Alerts, the latest first',
          schema: z.strictObject({
            items: z.array(entrySchema),
            /** Where the next page of alerts begins; absent on the last. */
            next: z.string().optional(),
            /** What falls due first; the rest is in the list of claims, under `dueBefore`. */
            due: z.array(z.strictObject({ id: z.string(), dueDate: z.string() })),
            /** How many fall due in all. */
            dueCount: z.number().int(),
          }),
        },
      },
      handle: async ({ query, caller }) => {
        const { enterprise } = ownView(caller);
        await follower.caughtUp();
        const { limit, cursor, dueWithinDays } = query;
        const due = projection.claims.dueWithin(new Date(), dueWithinDays, mostDue);
        const { items, ...more } = projection.feed.alerts(limit, enterprise, cursor);
        const body = { items: items.map(shown), ...more, due: due.items, dueCount: due.count };
        return { status: 200, body };
      },
    }),
  ];
}

/** One person's part of the feed, for as long as his session lasts. */
interface Reader {
  readonly backlog: readonly FeedEntry[];
  /** The next page of it. */
  readonly after: (id: string) => readonly FeedEntry[];
  readonly hears: (entry: FeedEntry) => boolean;
  readonly expiresAt: () => Date;
}

async function stream(
  { follower, metrics }: ApiContext,
  response: Response,
  { backlog, after, hears, expiresAt }: Reader,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write(': connected\n\n');
  const write = (entries: readonly FeedEntry[]) => {
    // A reader that does not read is cut off; it resumes where it was.
    if (response.writableLength > 1024 * 1024) response.destroy();
    else for (const entry of entries) response.write(asEvent(entry));
  };
  for (let page = backlog; page.length > 0;) {
    write(page);
    const last = page.at(-1);
    page = last === undefined || page.length < pageSize ? [] : after(last.id);
  }
  const unsubscribe = follower.subscribe(
    (entries) => {
      write(entries.filter(hears));
    },
    () => response.end(),
  );
  const heartbeat = setInterval(() => {
    if (Date.now() >= expiresAt().getTime()) response.end();
    else response.write(': alive\n\n');
  }, heartbeatMs);
  metrics.eventStreams.inc();
  try {
    await once(response, 'close');
  } finally {
    metrics.eventStreams.dec();
    clearInterval(heartbeat);
    unsubscribe();
  }
}

function asEvent(entry: FeedEntry): string {
  return `id: ${entry.id}\nevent: ${entry.kind}\ndata: ${JSON.stringify(shown(entry))}\n\n`;
}

function shown({ id, kind, time, content }: FeedEntry): Omit<FeedEntry, 'enterprise'> {
  return { id, kind, time, content };
}
