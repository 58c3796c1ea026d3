import type { Request, RequestHandler, Response } from 'express';
import { clientCertificateOf } from '../../doors/client-certificate.js';
import type { Session } from '../../people/session-store.js';
import { isFromOwnPage, tokenInCookie } from './browser-session.js';
import type { ApiContext } from '../context.js';
import type { Caller } from '../endpoint.js';
import { Problem } from '../problem.js';

/**
 * Finds out who asks, before anything of the request is read, counted or answered. Refuses nobody: what comes from a page of
 * another site is nobody's, however good its cookie is, and does not prolong the session.
 */
export function identify({ organisation, sessions, mayAct, signatoryOf }: ApiContext): RequestHandler {
  return (request, response, next) => {
    const kept = tokenInCookie(request, organisation.mspId);
    const isElsewhere = kept !== undefined && !isFromOwnPage(request);
    if (isElsewhere) response.locals['isElsewhere'] = true;
    const shown = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
    const token = isElsewhere ? undefined : (kept ?? shown);
    const session = token === undefined ? undefined : sessions.find(token);
    if (session !== undefined && isShownByItsOwn(session, request)) {
      if (mayAct(session) === undefined)
        response.locals['caller'] = { session, signatory: signatoryOf(session) };
      else sessions.end(session.id);
    }
    next();
  };
}

/** A token that was given over mutual TLS counts over it alone, with the same certificate (RFC 8705): stolen it is worthless. */
function isShownByItsOwn({ machine }: Session, request: Request): boolean {
  return machine?.boundTo === undefined || machine.boundTo === clientCertificateOf(request)?.fingerprint256;
}

/** Whoever is signed in, as {@link identify} found out. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals['caller'] as Caller | undefined;
}

/** @throws Problem UNAUTHENTICATED, or CROSS_SITE when a browser sent its cookie from a page elsewhere. */
export function signedIn(response: Response): Caller {
  const caller = callerOf(response);
  if (caller === undefined) {
    throw new Problem(response.locals['isElsewhere'] === true ? 'CROSS_SITE' : 'UNAUTHENTICATED');
  }
  return caller;
}

/** Turns away whoever is not signed in, before a body is read. */
export const requireCaller: RequestHandler = (_request, response, next) => {
  signedIn(response);
  next();
};
