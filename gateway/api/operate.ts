import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import type { ApiContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import { errorsHtml } from './error-docs.js';
import { describeApi } from './openapi.js';

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
export function operationalRoutes(context: ApiContext, endpoints: readonly Endpoint[]): Router {
  const { organisation, metrics } = context;
  const document = JSON.stringify(describeApi(endpoints, `PledgeOnce: ${organisation.title}`));
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.type('html').send(landingPage(organisation.title, organisation.mspId));
  });
  router.get('/openapi.json', (_request, response) => {
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
  router.get('/readyz', (_request, response) => {
    const { checks, reasons } = readiness(context);
    const isReady = reasons.length === 0;
    const status = isReady ? 'ready' : 'not ready';
    const body = { status, checks, ...(isReady ? {} : { reasons }), block: context.latestBlock() };
    response.status(isReady ? 200 : 503).json(body);
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}

/** Ready means that lists are current: who follows an outdated list acts on what is no longer so. */
function readiness({ watcher, follower }: ApiContext): {
  readonly checks: { readonly peer: boolean; readonly projection: boolean };
  readonly reasons: readonly string[];
} {
  const behindMs = follower.behindMs;
  const isCurrent = !follower.isBehind && behindMs <= tolerableMs;
  const checks = { peer: watcher.connected, projection: isCurrent };
  const seconds = Math.round(behindMs / 1_000);
  return {
    checks,
    reasons: [
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

function landingPage(title: string, mspId: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>PledgeOnce: ${escape(title)}</title></head>
<body><h1>PledgeOnce: ${escape(title)}</h1><p>Gateway of ${escape(mspId)}. A receivable is pledged once.</p>
<ul><li><a href="/docs">API documentation</a></li><li><a href="/openapi.json">OpenAPI document</a></li>
<li><a href="/readyz">Readiness</a></li></ul></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
