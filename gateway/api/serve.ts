import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { OutcomeUnknownError } from '../ledger/errors.js';
import { authorise } from './authorise.js';
import type { ApiContext } from './context.js';
import type { Call, Caller, Endpoint } from './endpoint.js';
import type { Answer, Outcome } from './idempotency.js';
import { Problem, sendProblem, toProblem } from './problem.js';
import { idempotencyKeyPattern } from './shared-schemas.js';

/** What an endpoint takes that describes no query: a parameter that nobody reads would be taken for a filter. */
const noQuery = z.strictObject({});

/** Codes of the ledger that describe a passing state, so that the next attempt must be a real one. */
const passing: ReadonlySet<string> = new Set([
  'CLOCK_SKEW',
  'NOT_INITIALISED',
  'INTERNAL',
  'RATE_MISSING',
  'RATE_STALE',
]);

/** The express handler of an endpoint: authentication, permission, validation, idempotency, answer. */
export function serve(context: ApiContext, endpoint: Endpoint): RequestHandler {
  return async (request, response) => {
    const caller = authenticate(context, endpoint, request);
    if (caller !== undefined) authorise(endpoint.access, caller.session.person);
    const call: Call<unknown, unknown, unknown> = {
      params: endpoint.params?.parse(request.params),
      query: (endpoint.query ?? noQuery).parse(request.query),
      body: endpoint.body?.parse(request.body ?? {}),
      key: endpoint.writes ? idempotencyKey(request) : '',
      caller,
    };
    const work = () => endpoint.handle(call, request, response);
    const answer =
      endpoint.writes && caller !== undefined
        ? await carryOutOnce(context, endpoint, { ...call, caller }, request, work)
        : await work();
    if (answer !== undefined) send(response, answer);
  };
}

/** Limits how often one person, or one address before sign-in, may call. */
export function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => request.get('Authorization') ?? request.ip ?? '',
    validate: { keyGeneratorIpFallback: false },
    handler: (_request, response) => {
      sendProblem(response, new Problem('RATE_LIMITED', { retryAfter: 60 }));
    },
  });
}

function authenticate(context: ApiContext, endpoint: Endpoint, request: Request): Caller | undefined {
  if (endpoint.access === 'public') return undefined;
  const token = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
  const session = token === undefined ? undefined : context.sessions.find(token);
  if (session === undefined) throw new Problem('UNAUTHENTICATED');
  if (context.mayAct(session) !== undefined) {
    context.sessions.end(session.id);
    throw new Problem('UNAUTHENTICATED');
  }
  return { session, signatory: context.signatoryOf(session) };
}

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) throw new Problem('IDEMPOTENCY_KEY_MISSING');
  if (!idempotencyKeyPattern.test(key)) throw new Problem('IDEMPOTENCY_KEY_INVALID');
  return key;
}

function carryOutOnce(
  context: ApiContext,
  endpoint: Endpoint,
  call: { readonly key: string; readonly body: unknown; readonly caller: Caller },
  request: Request,
  work: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  // A stream answers item by item; each item is idempotent on the ledger itself.
  if (endpoint.streams !== undefined) return work();
  const { person } = call.caller.session;
  const path = request.originalUrl.split('?')[0] ?? '';
  const keyed = { person: person.id, key: call.key, method: request.method, path, body: call.body };
  return context.idempotency.once(keyed, async () => {
    try {
      const answer = (await work()) ?? { status: 204, body: undefined };
      return { answer, final: true };
    } catch (error) {
      if (error instanceof OutcomeUnknownError) return unknownOutcome(context, endpoint, person.id, error);
      return refusal(toProblem(error), path);
    }
  });
}

/** Neither success nor failure: the client gets a place to ask, and a repetition of the request asks too. */
async function unknownOutcome(
  context: ApiContext,
  endpoint: Endpoint,
  person: string,
  error: OutcomeUnknownError,
): Promise<Outcome> {
  const { transactionId, expected } = error;
  await context.operations.remember({ transactionId, person, startedAt: new Date().toISOString(), expected });
  const status = Number(Object.keys(endpoint.answers).find((code) => code.startsWith('20')) ?? 200);
  return {
    answer: {
      status: 202,
      location: `/api/v1/operations/${transactionId}`,
      body: { operation: { transactionId, status: 'pending' } },
    },
    pending: { transactionId, onCommit: { status, body: expected } },
    final: true,
  };
}

/** A refusal of the ledger is an outcome and is kept; anything else is thrown, so that the next attempt is a real one. */
function refusal(problem: Problem, path: string): Outcome {
  const isOutcome =
    Object.hasOwn(errorTable, problem.code) && problem.status < 500 && !passing.has(problem.code);
  if (!isOutcome) throw problem;
  return { answer: { status: problem.status, body: problem.toJSON(path) }, final: true };
}

function send(response: Response, { status, body, location }: Answer): void {
  response.status(status);
  if (location !== undefined) response.set('Location', location);
  if (body === undefined) response.end();
  else response.type(status >= 400 ? 'application/problem+json' : 'json').send(JSON.stringify(body));
}
