import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readDcsa } from '../documents/dcsa.js';
import { readDeclarationsCsv } from '../documents/declarations-csv.js';
import { parseDocument } from '../documents/parse-document.js';
import type { ParsedDocument } from '../documents/parsed.js';
import { isTooDeep } from './depth.js';
import { Problem } from './problem.js';
import { tooDeep } from './read-json.js';

/** One thing to record, or the reason why it cannot be read. */
export type ImportItem =
  { readonly fact: unknown } | { readonly code: string; readonly detail: string; readonly field?: string };

/** The formats of an import. */
export const importTypes = [
  'application/x-ndjson',
  'application/json',
  'text/csv',
  'application/xml',
  'text/xml',
] as const;

/**
 * Reads an import item by item; of a table or of lines, never more than one item is in memory.
 *
 * @param itemBytes Longest line, or longest whole document.
 */
export function readImport(
  source: Readable,
  mediaType: string,
  itemBytes: number,
): AsyncGenerator<ImportItem> {
  switch (mediaType) {
    case 'application/x-ndjson':
      return readLines(source, itemBytes);
    case 'text/csv':
      return readTable(source);
    case 'application/json':
      return readArray(source, itemBytes);
    default:
      return readDocument(source, mediaType, itemBytes);
  }
}

async function* readLines(source: AsyncIterable<Buffer>, itemBytes: number): AsyncGenerator<ImportItem> {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield* readLine(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > itemBytes) throw new Problem('BODY_TOO_LARGE', { detail: 'A line is too long.' });
  }
  yield* readLine(rest);
}

function* readLine(bytes: Buffer): Generator<ImportItem> {
  const line = bytes.toString('utf8').trim();
  if (line === '') return;
  try {
    yield asItem(JSON.parse(line));
  } catch {
    yield { code: 'MALFORMED_JSON', detail: 'The line is not valid JSON.' };
  }
}

/** What lies too deep would end the transaction of all the items that travel with it. */
function asItem(fact: unknown): ImportItem {
  return isTooDeep(fact) ? { code: 'MALFORMED_JSON', detail: tooDeep } : { fact };
}

async function* readTable(source: Readable): AsyncGenerator<ImportItem> {
  for await (const row of readDeclarationsCsv(source)) {
    if ('fact' in row) yield { fact: row.fact };
    else yield { code: row.code, detail: row.detail, field: row.field };
  }
}

async function* readArray(source: Readable, itemBytes: number): AsyncGenerator<ImportItem> {
  const text = (await readAll(source, itemBytes)).toString('utf8');
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch {
    throw new Problem('MALFORMED_JSON');
  }
  if (Array.isArray(items)) for (const fact of items as unknown[]) yield asItem(fact);
  else if (isTooDeep(items)) throw new Problem('MALFORMED_JSON', { detail: tooDeep });
  else yield* itemsOf(readDcsa(items));
}

async function* readDocument(
  source: Readable,
  mediaType: string,
  itemBytes: number,
): AsyncGenerator<ImportItem> {
  yield* itemsOf(await parseDocument(await readAll(source, itemBytes), mediaType));
}

function* itemsOf({ facts, refusals }: ParsedDocument): Generator<ImportItem> {
  for (const fact of facts) yield { fact };
  for (const { code, detail, field } of refusals) yield { code, detail, field };
}

async function readAll(source: Readable, most: number): Promise<Buffer> {
  return buffer(
    (async function* () {
      let size = 0;
      for await (const chunk of source as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > most) throw new Problem('BODY_TOO_LARGE');
        yield chunk;
      }
    })(),
  );
}
