import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { alertSchema, alertView, eventSchema } from './alert-view.js';
import { shown, writeEvents } from './http/event-stream.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { wholeNumber } from './shared-schemas.js';

/** Claims that are named as falling due. */
const mostDue = 1_000;

const readers = { roles: readerRoles } as const;

/** What happens to the organisation's records, as it happens; at the portal, to those of the person's enterprise. */
export function eventEndpoints(context: ApiContext): Endpoint[] {
  return [followEvents, getEvent, listAlerts].map((make) => make(context));
}

function followEvents({ projection, follower, ongoing, metrics, mayAct }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/events',
    tag: 'events',
    summary: 'Alerts and changes as server-sent events; Last-Event-ID resumes from any distance',
    access: readers,
    query: z.strictObject({ after: z.string().max(60).optional() }),
    answers: { 200: { description: 'The stream', contentType: 'text/event-stream' } },
    handle: async ({ query, caller }, request, response) => {
      const { enterprise } = ownView(caller);
      if (request.method === 'HEAD') {
        response.type('text/event-stream').end();
        return undefined;
      }
      const { session } = caller;
      const going = ongoing.beginStream(session);
      metrics.eventStreams.inc();
      try {
        await writeEvents(response, {
          feed: projection.feed,
          going,
          subscribe: (wake) => follower.subscribe(wake, wake),
          mayGoOn: () => mayAct(session, 'stream') === undefined,
          from: request.get('Last-Event-ID') ?? query.after,
          enterprise,
          isComplete: !follower.isBehind,
        });
      } finally {
        metrics.eventStreams.dec();
        going.done();
      }
      return undefined;
    },
  });
}

function getEvent({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/events/{id}',
    tag: 'events',
    summary: 'One alert or change, such as a webhook’s message names',
    access: readers,
    params: z.object({ id: z.string().max(60) }),
    answers: { 200: { description: 'What happened', schema: eventSchema } },
    handle: async ({ params: { id }, caller }) => {
      const { enterprise } = ownView(caller);
      await follower.caughtUp();
      const entry = projection.feed.find(id);
      // What is another enterprise's is not there for this one.
      if (entry === undefined || (enterprise !== undefined && entry.enterprise !== enterprise)) {
        throw new Problem('EVENT_NOT_FOUND');
      }
      return { status: 200, body: shown(entry) };
    },
  });
}

function listAlerts({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/alerts',
    tag: 'events',
    summary: 'The latest alerts, and claims that fall due',
    access: readers,
    query: z.strictObject({
      limit: wholeNumber(1, 500).default(100),
      /** Only those of this sort, such as `overdrawn`. */
      alert: z.string().max(60).optional(),
      /** The last alert of the page before. */
      cursor: z.string().max(60).optional(),
      dueWithinDays: wholeNumber(0, 365).default(7),
    }),
    answers: {
      200: {
        description: 'Alerts, the latest first',
        schema: z.strictObject({
          items: z.array(alertSchema),
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
      const { limit, cursor, alert, dueWithinDays } = query;
      const due = projection.claims.dueWithin(new Date(), dueWithinDays, mostDue, enterprise);
      const { items, ...more } = projection.feed.alerts(limit, enterprise, cursor, alert);
      const body = {
        items: items.map((entry) => alertView(projection, entry, caller.session.person.id)),
        ...more,
        due: due.items,
        dueCount: due.count,
      };
      return { status: 200, body };
    },
  });
}
