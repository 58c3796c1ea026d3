import { once } from 'node:events';
import type { Response } from 'express';

/** Lines that are read and written at once. */
const pageSize = 200;

/**
 * Writes kept lines of JSON one page after the other; the client's pace decides.
 *
 * @param read some lines from a place on; none after the last.
 */
export async function sendLines(
  response: Response,
  read: (from: number, most: number) => Promise<readonly string[]>,
): Promise<void> {
  let isBegun = false;
  let from = 0;
  let isOver: boolean;
  do {
    const lines = await read(from, pageSize);
    if (!isBegun) response.status(200).type('application/x-ndjson');
    isBegun = true;
    isOver = lines.length === 0;
    from += lines.length;
    const text = lines.map((line) => `${line}\n`).join('');
    if (!response.write(text) && !response.closed)
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
  } while (!isOver && !response.closed);
  response.end();
}
