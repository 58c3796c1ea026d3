import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint, publicEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

const personSchema = z.strictObject({
  id: z.string(),
  role: z.enum(['officer', 'approver', 'auditor', 'viewer', 'admin']),
  mspId: z.string(),
  uscc: z.string().optional(),
});

const credentials = z.strictObject({
  enrolmentId: z.string().min(1).max(64),
  secret: z.string().min(1).max(256),
});

export function sessionEndpoints({ signIn, sessions, limits }: ApiContext): Endpoint[] {
  return [
    publicEndpoint({
      method: 'post',
      path: '/sessions',
      tag: 'sessions',
      summary: 'Sign in with an enrolment id and its secret',
      body: credentials,
      perMinute: limits.signInsPerMinute,
      answers: {
        201: {
          description: 'A bearer token',
          schema: z.strictObject({ token: z.string(), expiresAt: z.iso.datetime(), person: personSchema }),
        },
      },
      handle: async ({ body }, request) => {
        const { token, expiresAt, person } = await signIn.signIn(
          body.enrolmentId,
          body.secret,
          request.ip ?? '',
        );
        return { status: 201, body: { token, expiresAt: expiresAt.toISOString(), person } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/sessions/current',
      tag: 'sessions',
      summary: 'Who is signed in, and until when',
      access: 'session',
      answers: {
        200: {
          description: 'The session',
          schema: z.strictObject({ expiresAt: z.iso.datetime(), person: personSchema }),
        },
      },
      handle: ({ caller: { session } }) =>
        Promise.resolve({
          status: 200,
          body: { expiresAt: sessions.expiresAt(session).toISOString(), person: session.person },
        }),
    }),
    endpoint({
      method: 'delete',
      path: '/sessions/current',
      tag: 'sessions',
      summary: 'Sign out',
      access: 'session',
      answers: { 204: { description: 'Signed out' } },
      handle: ({ caller }) => {
        sessions.end(caller.session.id);
        return Promise.resolve({ status: 204, body: undefined });
      },
    }),
  ];
}
