import type { Request, Response } from 'express';
import type { BookItem, BookType } from '../take-on/read-book.js';
import { bookTypes, readBook } from '../take-on/read-book.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';
import { leaveBody, streamedBody } from './http/streamed-body.js';

/**
 * In which format a book is sent.
 *
 * @throws Problem UNSUPPORTED_MEDIA_TYPE.
 */
export function bookTypeOf(request: Request): BookType {
  const type = bookTypes.find((one): one is BookType => request.is(one) !== false);
  if (type === undefined) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  return type;
}

/** Works on a book that is sent, until it is through, its reader leaves, or whoever sends it may no longer act. */
export async function streaming(
  context: Pick<ApiContext, 'ongoing' | 'limits' | 'mayAct' | 'sessions'>,
  { session }: Caller,
  request: Request,
  response: Response,
  work: (items: AsyncGenerator<BookItem>, gone: AbortSignal, mayGoOn: () => boolean) => Promise<void>,
): Promise<void> {
  const type = bookTypeOf(request);
  const going = context.ongoing.begin(session);
  const body = streamedBody(request, going.signal);
  const gone = new AbortController();
  const leave = () => {
    gone.abort();
  };
  response.once('close', leave);
  response.on('error', leave);
  const mayGoOn = () => {
    if (context.mayAct(session, 'import') === undefined) return true;
    context.sessions.end(session.id);
    return false;
  };
  try {
    if (response.closed) return;
    const contentType = request.headers['content-type'] ?? type;
    const items = readBook(body, type, { contentType, itemBytes: context.limits.importItemBytes });
    await work(items, gone.signal, mayGoOn);
  } finally {
    going.done();
    leaveBody(request, body);
  }
}
