import { PassThrough } from 'node:stream';
import type { Request } from 'express';
import { SignedOutError } from '../../ledger/errors.js';
import { Problem } from '../problem.js';

/** What the client sends, until it is through, leaves, or may no longer act. */
export function streamedBody(request: Request, cut: AbortSignal): PassThrough {
  const body = request.pipe(new PassThrough());
  // Whoever reads it is told as well; without this, an end between two reads would be an error that nobody holds.
  body.on('error', () => undefined);
  request.on('error', (error) => body.destroy(error));
  request.once('close', () => {
    if (!request.complete) body.destroy(new Problem('REQUEST_TIMEOUT'));
  });
  const leave = () => {
    request.unpipe(body);
    body.destroy(new SignedOutError());
  };
  if (cut.aborted) leave();
  cut.addEventListener('abort', leave, { once: true });
  return body;
}

/** Nobody reads what is still sent: a client that goes on sending is left. */
export function leaveBody(request: Request, body: PassThrough): void {
  body.destroy();
  if (!request.complete) setTimeout(() => request.destroy(), 1_000).unref();
}
