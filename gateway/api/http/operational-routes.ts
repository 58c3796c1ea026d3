import { createHash, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express from 'express';
import type { Request, Router } from 'express';
import type { ApiContext } from '../context.js';
import type { Endpoint } from '../endpoint.js';
import { errorsHtml } from '../description/error-docs.js';
import { describeApi } from '../description/openapi.js';
import { Problem } from '../problem.js';

/** For how long lists may lack a block that the peer has, milliseconds. */
const tolerableMs = 5_000;

const docsPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>PledgeOnce API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="api"></div><script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>`;

const docsScript = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true });`;

/** What operators and developers need besides the API: documentation, health and metrics. */
export function operationalRoutes(context: ApiContext, endpoints: () => readonly Endpoint[]): Router {
  const { organisation, metrics, metricsToken } = context;
  // Made when somebody reads it for the first time: a start does not wait for it.
  let document: string | undefined;
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = express.Router();
  router.get('/openapi.json', (_request, response) => {
    document ??= JSON.stringify(describeApi(endpoints(), `PledgeOnce: ${organisation.title}`));
    response.type('json').send(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(docsPage);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(docsScript);
  });
  router.get('/docs/errors', (_request, response) => {
    response.type('html').send(errorsHtml());
  });
  router.use('/docs/assets', express.static(assets, { index: false, maxAge: '1d' }));
  // Alive means that this process answers: a dead peer is no reason to restart the gateway.
  router.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  if (context.isReplica === true) {
    // For who sends everything to the replica that leads; one that stands by says no.
    router.get('/leaderz', (_request, response) => {
      response.json({ status: 'leader' });
    });
  }
  let wasReady: boolean | undefined;
  router.get('/readyz', (request, response) => {
    const { checks, reasons } = readiness(context);
    const isReady = reasons.length === 0;
    if (isReady !== wasReady) {
      if (isReady) context.log.info('ready');
      else context.log.warn({ reasons }, 'not ready');
      wasReady = isReady;
    }
    const status = isReady ? 'ready' : 'not ready';
    const { lag } = context.follower;
    const body = {
      status,
      ...(context.isReplica === true && { role: 'leader' }),
      checks,
      ...(isReady ? {} : { reasons }),
      block: context.latestBlock(),
      // Nobody may have said yet how many blocks there are.
      lag: Number.isFinite(lag) ? lag : null,
    };
    const isTold = context.readinessFor !== 'operators' || isOperator(request, metricsToken);
    response.status(isReady ? 200 : 503).json(isTold ? body : { status });
  });
  router.get('/metrics', async (request, response) => {
    // Counts by function tell a stranger what the organisation does and when.
    if (!isOperator(request, metricsToken)) throw new Problem('PERMISSION_DENIED');
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}

/** Whoever asks from this very machine, not through a proxy on it, or shows the token of the configuration. */
export function isOperator(request: Request, token: string | undefined): boolean {
  const shown = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
  if (token !== undefined && shown !== undefined) return isSame(shown, token);
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => request.get(name) !== undefined);
  const address = request.socket.remoteAddress ?? '';
  return !isForwarded && (/^(?:::ffff:)?127\./.test(address) || address === '::1');
}

function isSame(shown: string, token: string): boolean {
  const [one, other] = [shown, token].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/** Ready means that lists are current: who follows an outdated list acts on what is no longer so. */
function readiness({ watcher, bell, follower, services }: ApiContext): {
  readonly checks: Readonly<Record<'peer' | 'orderers' | 'projection' | 'identities', boolean>>;
  readonly reasons: readonly string[];
} {
  const behindMs = follower.behindMs;
  const isCurrent = !follower.isBehind && behindMs <= tolerableMs;
  const { missing } = services;
  // Without the orderers' announcements lists come later, and nothing else: that is told, and makes nothing unready.
  const orderers = bell.isHeard;
  const checks = {
    peer: watcher.connected,
    orderers,
    projection: isCurrent,
    identities: missing.length === 0,
  };
  const seconds = Math.round(behindMs / 1_000);
  return {
    checks,
    reasons: [
      ...missing.map(
        (label) => `The gateway has no certificate of its identity "${label}" yet; it asks again.`,
      ),
      ...(checks.peer ? [] : ["The organisation's own peer does not tell of its blocks."]),
      ...(checks.projection
        ? []
        : [`Lists lack ${blocksOf(follower.lag)} that the peer has, the oldest for ${seconds} seconds.`]),
    ],
  };
}

function blocksOf(lag: number): string {
  return Number.isFinite(lag) ? `${lag} blocks` : 'an unknown number of blocks';
}
