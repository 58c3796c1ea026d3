import { z } from 'zod';
import { certificateWarning } from '../people/certificate-warning.js';
import type { Session } from '../people/session-store.js';
import { heldCertificate } from '../people/may-act.js';
import type { ApiContext } from './context.js';
import { endpoint, publicEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

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

const secret = z.string().min(1).max(256);
/** The certificate that the person signs with, and what to do when it is about to end. */
const certificateShape = { certificateEndsAt: z.iso.datetime(), warning: z.string().optional() };

export function sessionEndpoints({ signIn, affairs, sessions, people, limits }: ApiContext): Endpoint[] {
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
          schema: z.strictObject({
            token: z.string(),
            expiresAt: z.iso.datetime(),
            person: personSchema,
            ...certificateShape,
          }),
        },
      },
      handle: async ({ body }, request) => {
        const { token, expiresAt, person, certificateEndsAt } = await signIn.signIn(
          body.enrolmentId,
          body.secret,
          request.ip ?? '',
        );
        const session = { token, expiresAt: expiresAt.toISOString(), person };
        return { status: 201, body: { ...session, ...certificate(certificateEndsAt) } };
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
          schema: z.strictObject({
            expiresAt: z.iso.datetime(),
            person: personSchema,
            ...certificateShape,
          }),
        },
      },
      handle: ({ caller: { session } }) =>
        Promise.resolve({
          status: 200,
          body: {
            expiresAt: sessions.expiresAt(session).toISOString(),
            person: session.person,
            ...certificate(endOf(session)),
          },
        }),
    }),
    endpoint({
      method: 'delete',
      path: '/sessions/current',
      tag: 'sessions',
      summary: 'Sign out',
      access: 'session',
      answers: { 204: { description: 'Signed out' } },
      handle: async ({ caller: { session } }, request) => {
        sessions.end(session.id);
        const { id, uscc } = session.person;
        const enterprise = uscc === undefined ? {} : { uscc };
        await people.write({ kind: 'signed-out', person: id, address: request.ip ?? '', ...enterprise });
        return { status: 204, body: undefined };
      },
    }),
    endpoint({
      method: 'post',
      path: '/sessions/current/secret',
      tag: 'sessions',
      summary: 'Change the own secret; the other sessions of the person end',
      access: 'session',
      body: z.strictObject({ secret, newSecret: secret }),
      perMinute: limits.signInsPerMinute,
      answers: { 204: { description: 'Changed' } },
      handle: async ({ body, caller: { session } }, request) => {
        const isRight = await affairs.changeSecret(session, body.secret, body.newSecret, request.ip ?? '');
        if (!isRight) throw new Problem('SECRET_REFUSED');
        return { status: 204, body: undefined };
      },
    }),
  ];
}

function certificate(endsAt: Date): { certificateEndsAt: string; warning?: string } {
  const certificateEndsAt = endsAt.toISOString();
  const warning = certificateWarning(certificateEndsAt, Date.now());
  return { certificateEndsAt, ...(warning === undefined ? {} : { warning }) };
}

function endOf({ identity }: Session): Date {
  return new Date(heldCertificate(identity).endsAt);
}
