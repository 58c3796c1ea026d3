import type { Request, Response } from 'express';

/** What the console sends with every request that is no mere reading; a form or a page of somebody else's cannot. */
const ownPageHeader = 'X-PledgeOnce-Page';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser sends this from a page of this very gateway. Browsers say it themselves, in a header that no page can
 * set; the gateway of another organisation on another port of the same host is not the own one. Older ones name the page's
 * origin. What changes something carries a header of ours besides, for which a page elsewhere would have to ask first.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.get('Sec-Fetch-Site');
  const isSafe = safeMethods.has(request.method);
  const isOwn =
    site === undefined ? isOwnOrigin(request) : site === 'same-origin' || (isSafe && site === 'none');
  return isOwn && (isSafe || request.get(ownPageHeader) !== undefined);
}

/** What a page cannot be told from is one without an origin: a program, or a reading of a page of the same origin. */
function isOwnOrigin(request: Request): boolean {
  const origin = request.get('Origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

/**
 * The token that a browser holds for its person; undefined where the request says in `Authorization` who it is: whatever
 * stands there counts, and the cookie is not looked at.
 */
export function tokenInCookie(request: Request, mspId: string): string | undefined {
  if (request.get('Authorization') !== undefined) return undefined;
  const cookies = cookiesOf(request);
  // Over TLS a neighbour on the same domain, or a page without TLS, could have planted the other.
  return cookies.get(nameOf(mspId, true)) ?? (request.secure ? undefined : cookies.get(nameOf(mspId, false)));
}

/** A cookie by its name. */
export function cookieOf(request: Request, name: string): string | undefined {
  return cookiesOf(request).get(name);
}

/**
 * Hands the token to the browser, which shows it to no script, and to no page of another site.
 *
 * @param isPublicTls Whether browsers are known to reach the gateway over TLS, whatever this connection is.
 */
export function keepInCookie(
  request: Request,
  response: Response,
  mspId: string,
  token: string,
  isPublicTls = false,
): void {
  const secure = isPublicTls || isOverTls(request);
  response.cookie(nameOf(mspId, secure), token, attributes(secure));
}

/** Takes the token away from the browser, over TLS also one that was planted without it. */
export function forgetCookie(request: Request, response: Response, mspId: string): void {
  for (const secure of isOverTls(request) ? [true, false] : [false]) {
    response.clearCookie(nameOf(mspId, secure), attributes(secure));
  }
}

function attributes(secure: boolean) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
}

/** A proxy that ends TLS may not say so; the browser that sends from the page does. */
function isOverTls(request: Request): boolean {
  return request.secure || (request.get('Origin')?.startsWith('https://') ?? false);
}

/** Cookies know no ports: each organisation's has a name of its own. */
function nameOf(mspId: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}pledgeonce-${mspId.replace(/[^\w-]/g, '_')}`;
}

function cookiesOf(request: Request): ReadonlyMap<string, string> {
  const pairs = (request.get('Cookie') ?? '').split(';').map((pair) => pair.trim());
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)];
    }),
  );
}
