import { beginRequest, inSpan, isRecording } from '@pledgeonce/chaincode/tracing/spans.js';
import type { OpenSpan } from '@pledgeonce/chaincode/tracing/spans.js';
import type { RequestHandler } from 'express';
import type { Endpoint } from '../endpoint.js';

/** Where a response keeps the span of its request. */
const place = 'span';

/**
 * The span of a request, from here until its answer is out. The address stands in it as the API describes it, without the
 * ids of what it is about.
 *
 * @returns nothing where nobody has asked for traces.
 */
export function takeUpTrace({ method, path }: Pick<Endpoint, 'method' | 'path'>): RequestHandler[] {
  if (!isRecording()) return [];
  const operation = `${method.toUpperCase()} ${path}`;
  return [
    (request, response, next) => {
      const span = beginRequest(operation, { operation }, request.get('traceparent'));
      response.locals[place] = span;
      response.once('close', () => {
        const { statusCode: status } = response;
        const refused: unknown = response.locals['refused'];
        span.note({ status, ...(typeof refused === 'string' && { errorCode: refused }) });
        if (status >= 500) span.fail();
        span.end();
      });
      next();
    },
  ];
}

/** Has what a handler does stand under the span of its request; a body that was read in between does not lose it. */
export function withinTrace(handle: RequestHandler): RequestHandler {
  if (!isRecording()) return handle;
  return (request, response, next) =>
    inSpan(response.locals[place] as OpenSpan, () => handle(request, response, next));
}
