import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { isFromOwnPage } from './http/browser-session.js';
import type { ConsoleFile } from './console-files.js';
import { consolePaths } from './console-paths.js';
import type { ApiContext } from './context.js';

/** What stands in the built page for the number that is made anew for each answer. */
const nonceMark = '__NONCE__';
/** Where the built page says of which organisation it is. */
const organisationMark = '__ORGANISATION__';

/** Whose console it is, and where its development people stand. */
interface Shown extends Pick<ApiContext, 'developmentPeople' | 'colour'> {
  readonly provider?: { readonly label: string } | undefined;
  readonly organisation: Pick<ApiContext['organisation'], 'mspId' | 'title' | 'kind'>;
}

/**
 * The console: one page for every address of its own, and its files. The page may run what this gateway serves and nothing
 * else; styles that its kit makes while it runs carry the nonce.
 */
export function consoleRoutes(
  { organisation, colour, developmentPeople, provider }: Shown,
  files: ReadonlyMap<string, ConsoleFile>,
): Router {
  const router = express.Router();
  const page = files.get('/index.html')?.plain.toString('utf8');
  const { mspId, title, kind } = organisation;
  const about = JSON.stringify({
    mspId,
    title,
    kind,
    ...(colour !== undefined && { colour }),
    ...(provider !== undefined && { provider: provider.label }),
    ...(developmentPeople !== undefined && { development: true }),
  });
  router.get(/^\/assets\/.+/, (request, response, next) => {
    const file = files.get(request.path);
    if (file === undefined) next();
    else sendFile(request, response, file);
  });
  if (developmentPeople !== undefined) {
    router.get('/development/people', (request, response, next) => {
      // A name that somebody else points at this machine, or a proxy on it, would hand the secrets on.
      if (!isAskedHere(request)) {
        next();
        return;
      }
      response.set('Cache-Control', 'no-store').type('json').send(readFileSync(developmentPeople, 'utf8'));
    });
  }
  router.get(/^\/.*/, (request, response, next) => {
    const isPage = consolePaths.has(request.path.split('/')[1] ?? '');
    if (!isPage || request.accepts(['html', 'json']) !== 'html') {
      next();
    } else if (page === undefined) {
      response.status(503).type('text').send('The console has not been built: npm run build\n');
    } else {
      const nonce = randomBytes(16).toString('base64url');
      response.set({ 'Content-Security-Policy': policyWith(nonce), 'Cache-Control': 'no-store' });
      response
        .type('html')
        .send(page.replaceAll(nonceMark, nonce).replace(organisationMark, escapeAttribute(about)));
    }
  });
  return router;
}

function isAskedHere(request: Request): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => request.get(name) !== undefined);
  return (
    !isForwarded && ['127.0.0.1', '[::1]', 'localhost'].includes(request.hostname) && isFromOwnPage(request)
  );
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Their names change with their content, so a browser may keep them for good. */
function sendFile(request: Request, response: Response, { type, plain, br, gzip }: ConsoleFile): void {
  const encoding = request.acceptsEncodings(['br', 'gzip', 'identity']);
  const body = encoding === 'br' ? br : encoding === 'gzip' ? gzip : undefined;
  response.set({
    'Content-Type': type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    ...(body !== undefined && { 'Content-Encoding': String(encoding) }),
  });
  response.send(body ?? plain);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
