import express from 'express';
import type { RequestHandler } from 'express';
import { Problem } from './problem.js';
import { isTooDeep } from './depth.js';

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
    express.json({ limit: mostBytes, strict: true, type: 'application/json' }),
    (request, _response, next) => {
      if (isTooDeep(request.body)) throw new Problem('MALFORMED_JSON', { detail: tooDeep });
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
