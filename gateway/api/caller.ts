import type { RequestHandler, Response } from 'express';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';

/** Finds out who asks, before anything of the request is read, counted or answered. Refuses nobody. */
export function identify({ sessions, mayAct, signatoryOf }: ApiContext): RequestHandler {
  return (request, response, next) => {
    const token = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
    const session = token === undefined ? undefined : sessions.find(token);
    if (session !== undefined) {
      if (mayAct(session) === undefined)
        response.locals['caller'] = { session, signatory: signatoryOf(session) };
      else sessions.end(session.id);
    }
    next();
  };
}

/** Whoever is signed in, as {@link identify} found out. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals['caller'] as Caller | undefined;
}

/** @throws Problem UNAUTHENTICATED */
export function signedIn(response: Response): Caller {
  const caller = callerOf(response);
  if (caller === undefined) throw new Problem('UNAUTHENTICATED');
  return caller;
}

/** Turns away whoever is not signed in, before a body is read. */
export const requireCaller: RequestHandler = (_request, response, next) => {
  signedIn(response);
  next();
};
