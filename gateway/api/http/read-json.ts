import express from 'express';
import type { RequestHandler } from 'express';
import { Problem } from '../problem.js';
import { isTooDeep } from './depth.js';
import { RepeatedNameError, repeatedName } from './repeated-name.js';

/** An ordinary request is small: its body has come by then, or its sender is not in earnest. */
const bodyMs = 60_000;

/**
 * Reads the body of an ordinary request.
 *
 * @param mostBytes Longest body.
 */
export function readJson(mostBytes: number, withinMs = bodyMs): RequestHandler[] {
  return [
    giveUpAfter(withinMs),
    express.json({ limit: mostBytes, strict: true, type: 'application/json', verify: refuseRepeatedNames }),
    (request, _response, next) => {
      if (isTooDeep(request.body)) throw new Problem('MALFORMED_JSON', { detail: tooDeep });
      next();
    },
  ];
}

/**
 * Reads a body of another form whole, for a handler that knows its encoding: each byte is a character of the text.
 *
 * @param mostBytes Longest body.
 */
export function readBytes(mostBytes: number, types: readonly string[], withinMs = bodyMs): RequestHandler[] {
  return [
    giveUpAfter(withinMs),
    express.raw({ limit: mostBytes, type: [...types] }),
    (request, _response, next) => {
      request.body = Buffer.isBuffer(request.body) ? request.body.toString('latin1') : '';
      next();
    },
  ];
}

export const tooDeep = 'Lists and objects lie too deep within one another.';

/** Ends a request whose body does not come, whether or not it has been answered meanwhile. */
function giveUpAfter(ms: number): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (request.complete) return;
      if (response.headersSent) request.destroy();
      else {
        response.set('Connection', 'close');
        response.once('finish', () => request.destroy());
        next(new Problem('REQUEST_TIMEOUT'));
      }
    }, ms);
    request.once('close', () => {
      clearTimeout(timer);
    });
    next();
  };
}

/** What one reader would take for this request and another for that is neither. */
function refuseRepeatedNames(_request: unknown, _response: unknown, body: Buffer): void {
  const name = repeatedName(body.toString('utf8'));
  if (name === undefined) return;
  throw new RepeatedNameError(name);
}
