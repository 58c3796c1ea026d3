import { z } from 'zod';
import type { Session } from '../people/session-store.js';
import { forgetCookie } from './http/browser-session.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

const sessionSchema = z.strictObject({
  /** Names the session and opens nothing. */
  id: z.string(),
  startedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Where the sign-in came from. */
  address: z.string().optional(),
  isCurrent: z.boolean(),
});

/** Where else one is signed in, and the way out of it. */
export function ownSessionEndpoints(context: ApiContext): Endpoint[] {
  return [listSessions, deleteSessions, deleteSession].map((make) => make(context));
}

function listSessions({ sessions }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/sessions',
    tag: 'sessions',
    summary: 'Where one is signed in',
    access: 'session',
    answers: {
      200: {
        description: 'The own sessions, the earliest first',
        schema: z.strictObject({ items: z.array(sessionSchema) }),
      },
    },
    handle: ({ caller: { session } }) => {
      const items = sessions.allOf(session.person.id).map((one) => ({
        id: one.id,
        startedAt: new Date(one.startedAt).toISOString(),
        lastUsedAt: new Date(one.lastUsedAt).toISOString(),
        expiresAt: sessions.expiresAt(one).toISOString(),
        ...(one.address === undefined ? {} : { address: one.address }),
        isCurrent: one === session,
      }));
      return Promise.resolve({ status: 200, body: { items } });
    },
  });
}

function deleteSessions(context: ApiContext): Endpoint {
  const { sessions, organisation } = context;
  return endpoint({
    method: 'delete',
    path: '/sessions',
    tag: 'sessions',
    summary: 'Sign out everywhere, here too',
    access: 'session',
    answers: { 204: { description: 'Signed out everywhere' } },
    handle: async ({ caller: { session } }, request, response) => {
      const ended = sessions.endAllOf(session.person.id);
      forgetCookie(request, response, organisation.mspId);
      await record(context, session, request.ip ?? '', `everywhere: ${ended} sessions`);
      return { status: 204, body: undefined };
    },
  });
}

function deleteSession(context: ApiContext): Endpoint {
  const { sessions } = context;
  return endpoint({
    method: 'delete',
    path: '/sessions/{id}',
    tag: 'sessions',
    summary: 'Sign out elsewhere',
    access: 'session',
    params: z.object({ id: z.string().min(1).max(64) }),
    answers: { 204: { description: 'Signed out there' } },
    handle: async ({ params: { id }, caller: { session } }, request) => {
      const other = sessions.allOf(session.person.id).find((one) => one.id === id);
      if (other === undefined) throw new Problem('SESSION_NOT_FOUND');
      sessions.end(other.id);
      await record(context, session, request.ip ?? '', 'one session, from another');
      return { status: 204, body: undefined };
    },
  });
}

/** Writes to the log of the people that somebody has signed out. */
async function record(
  { people }: ApiContext,
  { person: { id, uscc } }: Session,
  address: string,
  detail: string,
) {
  const enterprise = uscc === undefined ? {} : { uscc };
  await people.write({ kind: 'signed-out', person: id, address, detail, ...enterprise });
}
