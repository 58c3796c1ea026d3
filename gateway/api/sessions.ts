import { z } from 'zod';
import type { Request } from 'express';
import { languages } from '../people/preferences.js';
import type { Language } from '../people/preferences.js';
import { forgetCookie, isFromOwnPage, keepInCookie } from './http/browser-session.js';
import type { ApiContext } from './context.js';
import { endpoint, publicEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import {
  certificateOf,
  certificateShape,
  describeOwn,
  languageSchema,
  ownDescriptionSchema,
  personSchema,
  shownPerson,
} from './own-description.js';
import { Problem } from './problem.js';

const credentials = z.strictObject({
  enrolmentId: z.string().min(1).max(64),
  secret: z.string().min(1).max(256),
});

const secret = z.string().min(1).max(256);

/** Signing in and out, the own session, its language, and the change of the own secret. */
export function sessionEndpoints(context: ApiContext): Endpoint[] {
  return [signIn, signInBrowser, getCurrentSession, chooseLanguage, signOut, changeSecret].map((make) =>
    make(context),
  );
}

function signIn({ signIn, limits }: ApiContext): Endpoint {
  return publicEndpoint({
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
      const session = { token, expiresAt: expiresAt.toISOString(), person: shownPerson(person) };
      return { status: 201, body: { ...session, ...certificateOf(certificateEndsAt) } };
    },
  });
}

function signInBrowser(context: ApiContext): Endpoint {
  const { signIn, sessions, limits, organisation } = context;
  return publicEndpoint({
    method: 'post',
    path: '/sessions/browser',
    tag: 'sessions',
    summary: 'Sign in from a page of this gateway: the token stays in a cookie that no script reads',
    body: credentials,
    perMinute: limits.signInsPerMinute,
    answers: { 201: { description: 'Signed in; the cookie is set', schema: ownDescriptionSchema } },
    handle: async ({ body }, request, response) => {
      // Nor may a page elsewhere sign somebody in as another than they think they are.
      if (!isFromOwnPage(request)) throw new Problem('CROSS_SITE');
      const { token } = await signIn.signIn(body.enrolmentId, body.secret, request.ip ?? '');
      const session = sessions.find(token);
      if (session === undefined) throw new Problem('UNAUTHENTICATED');
      keepInCookie(request, response, organisation.mspId, token);
      return { status: 201, body: await describeOwn(context, session, languageAskedFor(request)) };
    },
  });
}

function getCurrentSession(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/sessions/current',
    tag: 'sessions',
    summary: 'Who is signed in, until when, what they may do and in which language they read',
    access: 'session',
    answers: { 200: { description: 'The session', schema: ownDescriptionSchema } },
    handle: async ({ caller: { session } }, request) => ({
      status: 200,
      body: await describeOwn(context, session, languageAskedFor(request)),
    }),
  });
}

function chooseLanguage({ preferences }: ApiContext): Endpoint {
  return endpoint({
    method: 'put',
    path: '/sessions/current/language',
    tag: 'sessions',
    summary: 'Choose the language in which one reads',
    access: 'session',
    body: z.strictObject({ language: languageSchema }),
    answers: {
      200: { description: 'Chosen, and kept', schema: z.strictObject({ language: languageSchema }) },
    },
    handle: async ({ body: { language }, caller: { session } }) => {
      await preferences.speak(session.person.id, language);
      return { status: 200, body: { language } };
    },
  });
}

function signOut({ sessions, people, organisation }: ApiContext): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/sessions/current',
    tag: 'sessions',
    summary: 'Sign out',
    access: 'session',
    answers: { 204: { description: 'Signed out' } },
    handle: async ({ caller: { session } }, request, response) => {
      sessions.end(session.id);
      forgetCookie(request, response, organisation.mspId);
      const { id, uscc } = session.person;
      const enterprise = uscc === undefined ? {} : { uscc };
      await people.write({ kind: 'signed-out', person: id, address: request.ip ?? '', ...enterprise });
      return { status: 204, body: undefined };
    },
  });
}

function changeSecret({ affairs, limits }: ApiContext): Endpoint {
  return endpoint({
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
  });
}

/** The best of our languages for whoever has chosen none. */
function languageAskedFor(request: Request): Language {
  return (request.acceptsLanguages([...languages]) || languages[0]) as Language;
}
