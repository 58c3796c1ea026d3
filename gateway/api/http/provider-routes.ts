import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import { CertificateAuthorityError } from '../../people/certificate-authority.js';
import { patienceMs } from '../../provider/begun-sign-ins.js';
import {
  callbackPath,
  NotIdentifiedError,
  ProviderUnavailableError,
} from '../../provider/identity-provider.js';
import type { ApiContext } from '../context.js';
import type { ProblemCode } from '../errors.js';
import { cookieOf, keepInCookie } from './browser-session.js';
import { limitStrangers } from './rate-limit.js';

const beginPath = '/sign-in/provider';

/** Sign-in by the organisation's provider: a browser is sent there, and comes back with what proves who is at it. */
export function providerRoutes(context: ApiContext): Router {
  const router = express.Router();
  if (context.provider === undefined) return router;
  const limit = limitStrangers(context.limits.signInsPerMinute);
  router.get(beginPath, limit, telling(context, begin(context, context.provider)));
  router.get(callbackPath, limit, telling(context, finish(context, context.provider)));
  return router;
}

type Provider = NonNullable<ApiContext['provider']>;
type Step = (request: Request, response: Response) => Promise<void>;

function begin({ organisation, publicUrl }: ApiContext, { identity, begun }: Provider): Step {
  return async (_request, response) => {
    const { address, begun: sent } = await identity.begin();
    response.cookie(ticketName(organisation.mspId), begun.add(sent), {
      httpOnly: true,
      // The provider sends the browser back from its own site.
      sameSite: 'lax',
      secure: isTls(publicUrl),
      path: beginPath,
      maxAge: patienceMs,
    });
    response.redirect(303, address.href);
  };
}

function finish({ organisation, publicUrl }: ApiContext, { identity, begun, signIn }: Provider): Step {
  return async (request, response) => {
    const name = ticketName(organisation.mspId);
    const sent = begun.take(cookieOf(request, name) ?? '');
    response.clearCookie(name, { path: beginPath });
    const address = request.ip ?? '';
    if (sent === undefined) throw new NotIdentifiedError('not begun by this browser');
    const identified = await identity.finish(request.originalUrl, sent).catch(async (error: unknown) => {
      if (error instanceof NotIdentifiedError) await signIn.refused(error.message, address);
      throw error;
    });
    const token = await signIn.signIn(identified, address);
    keepInCookie(request, response, organisation.mspId, token, isTls(publicUrl));
    response.redirect(303, '/');
  };
}

/** A person reads a sentence, on the page where they began. */
function telling({ log }: ApiContext, step: Step): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      await step(request, response);
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      log.warn({ err: error }, 'not signed in by the provider');
      response.redirect(303, `/?refused=${code}`);
    }
  };
}

function codeOf(error: unknown): ProblemCode | undefined {
  if (error instanceof NotIdentifiedError) return 'PROVIDER_REFUSED';
  if (error instanceof ProviderUnavailableError) return 'PROVIDER_UNAVAILABLE';
  if (error instanceof CertificateAuthorityError) return 'CA_UNAVAILABLE';
  return undefined;
}

function ticketName(mspId: string): string {
  return `pledgeonce-provider-${mspId.replace(/[^\w-]/g, '_')}`;
}

function isTls({ url }: ApiContext['publicUrl']): boolean {
  return url.startsWith('https:');
}
