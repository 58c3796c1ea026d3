import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { Kept } from '../kept.js';
import { during } from '../last-defence.js';
import { reasonsOf } from '../message-of.js';
import { onceFor } from '../once-for.js';
import { CursorError } from '../projection/conditions.js';
import { identify, requireCaller } from './http/caller.js';
import { readConsole, siteFolder } from './console-files.js';
import { consoleRoutes } from './console-pages.js';
import type { ApiContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import { endpointsOf } from './whole-api.js';
import { basePath } from './description/openapi.js';
import { operationalRoutes } from './http/operational-routes.js';
import { providerRoutes } from './http/provider-routes.js';
import { tokenRoutes } from './http/token-routes.js';
import { takeUpTrace, withinTrace } from './http/trace.js';
import { Problem, sendProblem, toProblem } from './problem.js';
import { limitPeople, limitStrangers } from './http/rate-limit.js';
import { readBytes, readJson } from './http/read-json.js';
import { serve } from './http/serve.js';

/** The organisations of one process show the same console. */
const consoles = new Kept<ReturnType<typeof readConsole>>(1);

/** The HTTP side of one organisation's gateway. */
export function createApp(context: ApiContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  // Behind a proxy everybody would come from its address, and one person could make another wait.
  app.set('trust proxy', context.trustedProxies);
  app.use(helmet());
  app.use(
    pinoHttp({
      logger: context.log,
      genReqId: (request, response) => {
        const given = request.headers['x-request-id'];
        const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      // That it is not ready is what a probe asks for: the answer is no error, and a change has a line of its own.
      customLogLevel: (request, response, error) =>
        error !== undefined || (response.statusCode >= 500 && !isProbe(request)) ? 'error' : 'debug',
      // Where nothing was thrown it would make an error up, with a stack of its own: what failed has been told by then.
      customErrorObject: (_request, response, _error, line: object) => ({ ...line, err: response.err }),
      serializers: {
        // Method and address say enough; headers and bodies hold secrets and business data.
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, url }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
    }),
  );
  app.use(counted(context), named(context));
  app.use(operationalRoutes(context, () => endpointsMade(context)));
  app.use(tokenRoutes(context));
  app.use(providerRoutes(context));
  app.use(basePath, (request, response, next) => {
    routesMade(context)(request, response, next);
  });
  const site = siteFolder();
  const console = consoles.of(site, () => readConsole(site));
  app.use(consoleRoutes(context, console));
  app.use((_request, _response) => {
    throw new Problem('ROUTE_NOT_FOUND');
  });
  app.use(answerError(context));
  return app;
}

// Made when somebody asks for the first time: of a start with eight organisations they are a fifth.
const endpointsMade = onceFor(endpointsOf);
const routesMade = onceFor((context: ApiContext) => apiRoutes(context, endpointsMade(context)));

function isProbe({ url = '' }: IncomingMessage): boolean {
  return url.split('?', 1)[0] === '/readyz';
}

function apiRoutes(context: ApiContext, endpoints: readonly Endpoint[]): express.Router {
  const { limits } = context;
  const router = express.Router();
  router.use(acceptJson, keepNothing, identify(context));
  router.use(limitStrangers(limits.strangersPerMinute), limitPeople(limits.requestsPerMinute));
  for (const group of byPath(endpoints)) {
    const path = group[0].path.replace(/\{(\w+)\}/g, ':$1');
    for (const endpoint of group) {
      router[endpoint.method](path, ...takeUpTrace(endpoint), timed(context, endpoint), ...checks(endpoint), [
        ...readBody(endpoint, limits.bodyBytes),
        withinTrace(serve(context, endpoint)),
      ]);
    }
    const Allow = group.map(({ method }) => method.toUpperCase()).join(', ');
    router.all(path, () => {
      throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow } });
    });
  }
  return router;
}

function readBody({ streams, bytes }: Endpoint, mostBytes: number): RequestHandler[] {
  if (streams !== undefined) return [];
  return bytes === undefined ? readJson(mostBytes) : readBytes(mostBytes, bytes);
}

/** What is looked at before the body is read. */
function checks(endpoint: Endpoint): RequestHandler[] {
  const { access, perMinute } = endpoint;
  const isPublic = access === 'public';
  const limit =
    perMinute === undefined ? [] : isPublic ? [limitStrangers(perMinute)] : limitPeople(perMinute);
  return [...(isPublic ? [] : [requireCaller]), ...limit, checkContentType(endpoint)];
}

/**
 * The endpoints of each address, addresses without an id first: whatever method somebody tries at `/claims/batch`, it is
 * not the claim `batch`.
 */
function byPath(endpoints: readonly Endpoint[]): (readonly [Endpoint, ...Endpoint[]])[] {
  const groups = new Map<string, [Endpoint, ...Endpoint[]]>();
  for (const endpoint of endpoints) {
    const group = groups.get(endpoint.path);
    if (group === undefined) groups.set(endpoint.path, [endpoint]);
    else group.push(endpoint);
  }
  const all = [...groups.values()];
  const takesId = ([{ path }]: readonly [Endpoint, ...Endpoint[]]) => path.includes('{');
  return [...all.filter((group) => !takesId(group)), ...all.filter(takesId)];
}

const acceptJson: RequestHandler = (request, _response, next) => {
  const accepted = request.accepts([
    'application/json',
    'application/problem+json',
    'application/x-ndjson',
    'text/event-stream',
    'text/csv',
    'application/xml',
  ]);
  if (accepted === false) throw new Problem('NOT_ACCEPTABLE');
  next();
};

/** Tokens, secrets and business data do not stay in a cache on the way. */
const keepNothing: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** A body in a form that nobody reads would be taken for an empty one. */
function checkContentType({ body, streams, bytes }: Endpoint): RequestHandler {
  const types = streams ?? bytes ?? (body === undefined ? undefined : ['application/json']);
  return (request, _response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || request.get('Content-Length') !== '0';
    const isGiven =
      request.get('Content-Type') !== undefined || (hasBody && request.get('Content-Length') !== undefined);
    if (types !== undefined && isGiven && !types.some((type) => request.is(type) === type)) {
      throw new Problem('UNSUPPORTED_MEDIA_TYPE');
    }
    next();
  };
}

/** Each refusal by its code, whoever has refused. */
function counted({ metrics }: ApiContext): RequestHandler {
  return (_request, response, next) => {
    response.once('close', () => {
      const code: unknown = response.locals['refused'];
      if (typeof code === 'string') metrics.refused(code);
    });
    next();
  };
}

/** Whatever goes wrong from here on, and whoever fails to hold it, is this request's. */
function named({ organisation }: ApiContext): RequestHandler {
  return (request, response, next) => {
    const { method, originalUrl } = request;
    const fail = () => {
      if (response.headersSent) response.destroy();
      else sendProblem(response, new Problem('INTERNAL'));
    };
    const id = typeof request.id === 'object' ? '' : String(request.id);
    const url = originalUrl.split('?')[0] ?? '';
    during({ id, msp: organisation.mspId, method, url, fail }, next);
  };
}

function timed({ metrics }: ApiContext, { method, path }: Endpoint): RequestHandler {
  return (_request, response, next) => {
    const end = metrics.httpSeconds.startTimer({ method, route: path });
    response.once('close', () => end({ status: String(response.statusCode) }));
    next();
  };
}

function answerError({ log }: ApiContext): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = error instanceof CursorError ? new Problem('CURSOR_INVALID') : toProblem(error);
    const { id } = request;
    // In an outage there is one for each request: where in our code it was thrown helps nobody.
    if (problem.code === 'NETWORK_UNAVAILABLE') log.error({ reasons: reasonsOf(error), id }, problem.code);
    else if (problem.status >= 500) log.error({ err: problem.cause ?? error, id }, problem.code);
    if (response.headersSent) next(error);
    else sendProblem(response, problem);
  };
}
