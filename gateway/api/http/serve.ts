import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { OutcomeUnknownError } from '../../ledger/errors.js';
import { assertAccess } from './assert-access.js';
import { assertScope } from './scopes.js';
import type { ApiContext } from '../context.js';
import type { Call, Caller, Endpoint } from '../endpoint.js';
import { signedIn } from './caller.js';
import { requestName } from './idempotency.js';
import type { Answer, Outcome } from './idempotency.js';
import { Problem, toProblem } from '../problem.js';
import { sendCsv } from './send-csv.js';
import { idempotencyKeyPattern } from '../shared-schemas.js';

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

/** The express handler of an endpoint: permission, validation, idempotency, answer. */
export function serve(context: ApiContext, endpoint: Endpoint): RequestHandler {
  return async (request, response) => {
    const caller = endpoint.access === 'public' ? undefined : signedIn(response);
    if (caller !== undefined) assertMay(context, endpoint, caller);
    const wantsCsv = prefersCsv(request);
    if (wantsCsv && endpoint.csv === undefined) throw new Problem('NOT_ACCEPTABLE');
    const key = endpoint.writes ? idempotencyKey(request) : '';
    const call: Call<unknown, unknown, unknown> = {
      params: endpoint.params?.parse(request.params),
      query: (endpoint.query ?? noQuery).parse(request.query),
      body: endpoint.body?.parse(request.body ?? {}),
      key: caller === undefined ? key : ownKey(caller, key),
      caller,
    };
    // Read before the tables are: what is added meanwhile makes the answer say more than it promises.
    const height = context.projection.nextBlock;
    if (wantsCsv && endpoint.csv !== undefined) {
      const query = call.query as object;
      await sendCsv(response, endpoint.csv, (page) =>
        endpoint.handle({ ...call, query: { ...query, ...page } }, request, response),
      );
      return;
    }
    const answer =
      endpoint.writes &&
      caller !== undefined &&
      endpoint.streams === undefined &&
      endpoint.repeats !== 'itself'
        ? await carryOutOnce(context, endpoint, { ...call, caller }, request, response)
        : await endpoint.handle(call, request, response);
    if (answer === undefined) return;
    if (endpoint.method === 'get' && isList(answer.body)) response.set('Ledger-Height', String(height));
    send(response, answer);
  };
}

/** @throws Problem MEMBER_REMOVED, WRONG_ORGANISATION, PERMISSION_DENIED or SCOPE_MISSING. */
function assertMay({ projection }: ApiContext, endpoint: Endpoint, { session }: Caller): void {
  const { access } = endpoint;
  // Whatever the own tables still hold. To sign out, and to read who one is, is left to everybody.
  if (access !== 'session' && projection.successions.isRemoved) throw new Problem('MEMBER_REMOVED');
  assertAccess(access, session.person);
  assertScope(endpoint, session);
}

/** Whoever takes anything gets JSON. */
function prefersCsv(request: Request): boolean {
  const formats = [
    'application/json',
    'application/problem+json',
    'application/x-ndjson',
    'text/event-stream',
  ];
  return request.accepts([...formats, 'text/csv']) === 'text/csv';
}

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) throw new Problem('IDEMPOTENCY_KEY_MISSING');
  if (!idempotencyKeyPattern.test(key)) throw new Problem('IDEMPOTENCY_KEY_INVALID');
  return key;
}

/**
 * The key as the ledger gets it. Ids on the ledger follow from organisation and key, so a colleague who happens to choose
 * the same key would be given the other's claim: within the organisation the key is the person's own.
 */
function ownKey({ session: { person } }: Caller, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([person.id, key]))
    .digest('base64url');
}

function carryOutOnce(
  context: ApiContext,
  endpoint: Endpoint,
  call: Call<unknown, unknown, unknown> & { readonly caller: Caller },
  request: Request,
  response: Response,
): Promise<Answer | undefined> {
  const { session, signatory } = call.caller;
  const { person } = session;
  const path = request.originalUrl.split('?')[0] ?? '';
  const keyed = { person: person.id, key: call.key, method: request.method, path, body: call.body };
  return context.idempotency.once(keyed, async () => {
    // What a former attempt has sent before it was cut short is gone on with, not done again.
    const steps = context.outbox.steps(requestName(keyed));
    const caller = { session, signatory: signatory.under(steps) };
    try {
      const handled = await endpoint.handle({ ...call, caller }, request, response);
      const { isOpen = false, ...answer } = handled ?? { status: 204, body: undefined };
      return { answer, isOpen };
    } catch (error) {
      if (error instanceof OutcomeUnknownError) return unknownOutcome(context, person.id, error);
      return refusal(toProblem(error), path);
    }
  });
}

/** Neither success nor failure: the client gets a place to ask, and a repetition of the request asks too. */
async function unknownOutcome(
  { operations }: ApiContext,
  person: string,
  { transactionId, expected }: OutcomeUnknownError,
): Promise<Outcome> {
  await operations.remember({ transactionId, person, startedAt: new Date().toISOString(), expected });
  return {
    answer: {
      status: 202,
      location: `/api/v1/operations/${transactionId}`,
      body: { operation: { transactionId, status: 'pending' } },
    },
    isOpen: true,
  };
}

/** A refusal of the ledger is an outcome and is kept; anything else is thrown, so that the next attempt is a real one. */
function refusal(problem: Problem, path: string): Outcome {
  const isOutcome =
    Object.hasOwn(errorTable, problem.code) && problem.status < 500 && !passing.has(problem.code);
  if (!isOutcome) throw problem;
  return { answer: { status: problem.status, body: problem.toJSON(path) }, isOpen: false };
}

/** A list comes from the tables, and says up to which block it holds everything. */
function isList(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'items' in body;
}

function send(response: Response, { status, body, location, contentType }: Answer): void {
  response.status(status);
  if (status >= 400) response.locals['refused'] = (body as { readonly code?: unknown }).code;
  if (location !== undefined) response.set('Location', location);
  if (body === undefined) response.end();
  else if (contentType !== undefined && typeof body === 'string') response.type(contentType).send(body);
  else response.type(status >= 400 ? 'application/problem+json' : 'json').send(JSON.stringify(body));
}
