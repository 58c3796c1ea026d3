import { once } from 'node:events';
import type { Response } from 'express';
import type { Answer } from './idempotency.js';
import { csvHead, csvLine } from './csv.js';
import type { CsvTable } from './csv.js';

/** Rows that are read and written at once. */
const pageSize = 200;

/**
 * Writes all that a filter shows as a table, page after page: who exports a list does not want the first fifty of it.
 *
 * @param read answers a page of the list.
 */
export async function sendCsv(
  response: Response,
  table: CsvTable,
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Answer | undefined>,
): Promise<void> {
  let isBegun = false;
  let cursor: string | undefined;
  do {
    const answer = await read({ limit: pageSize, ...(cursor !== undefined && { cursor }) });
    const text = table.rows(answer?.body).map(csvLine).join('');
    if (!isBegun) {
      response.status(200).type('text/csv; charset=utf-8');
      response.attachment(`${table.file}.csv`).type('text/csv; charset=utf-8');
      response.write(csvHead(table));
      isBegun = true;
    }
    if (!response.write(text) && !response.closed)
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    cursor = nextOf(answer?.body);
  } while (cursor !== undefined && !response.closed);
  response.end();
}

function nextOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('next' in body)) return undefined;
  return typeof body.next === 'string' ? body.next : undefined;
}
