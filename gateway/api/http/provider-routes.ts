import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { CertificateAuthorityError } from '../../people/certificate-authority.js';
import { patienceMs } from '../../provider/begun-sign-ins.js';
import { callbackPath, ProviderUnavailableError } from '../../provider/identity-provider.js';
import { NotIdentifiedError } from '../../provider/not-identified.js';
import type { ApiContext } from '../context.js';
import type { ProblemCode } from '../errors.js';
import { cookieOf, keepInCookie } from './browser-session.js';
import { limitStrangers } from './rate-limit.js';

const beginPath = '/sign-in/provider';
/** Where the provider says that an account has been signed out there. */
const logoutPath = `${beginPath}/logout`;

/** Sign-in by the organisation's provider: a browser is sent there, and comes back with what proves who is at it. */
export function providerRoutes(context: ApiContext): Router {
  const router = express.Router();
  if (context.provider === undefined) return router;
  const limit = limitStrangers(context.limits.signInsPerMinute);
  router.get(beginPath, limit, telling(context, begin(context, context.provider)));
  router.get(callbackPath, limit, telling(context, finish(context, context.provider)));
  const form = express.urlencoded({ extended: false, limit: '32kb' });
  router.post(logoutPath, limit, form, signOut(context, context.provider));
  return router;
}

const logoutForm = z.object({ logout_token: z.string().min(1).max(16_000) });

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

/** The provider itself asks, over a connection of its own; it reads a status, and an error by the name that OAuth has for it. */
function signOut({ log }: ApiContext, { identity, signIn }: Provider): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const { logout_token: token } = logoutForm.parse(request.body);
      await signIn.signOut(await identity.signedOut(token), request.ip ?? '');
      response.status(200).end();
    } catch (error) {
      if (error instanceof ProviderUnavailableError) {
        response.status(503).json({ error: 'temporarily_unavailable' });
        return;
      }
      if (!(error instanceof NotIdentifiedError || error instanceof z.ZodError)) throw error;
      log.warn({ err: error }, 'nobody signed out by the provider');
      response.status(400).json({ error: 'invalid_request' });
    }
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
