import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type BundleItem, contentTypeOf, readBundle } from '../documents/bundle.js';
import { readCsvRows } from '../documents/csv-rows.js';
import { readDcsa } from '../documents/dcsa.js';
import { parseDocument, type ParseOptions } from '../documents/parse-document.js';
import type { ParsedItem } from '../documents/parsed.js';
import { readTable } from '../documents/read-table.js';
import { readXlsxRows, xlsxType } from '../documents/xlsx-rows.js';
import { readZip } from '../documents/zip-entries.js';
import { isTooDeep } from './http/depth.js';
import { Problem } from './problem.js';
import { tooDeep } from './http/read-json.js';
import { filesOf } from './http/read-parts.js';

/** Where in what was sent an item stands. */
interface ItemPlace {
  /** Of a table: the line in which the row starts. */
  readonly line?: number;
  /** Of several files in one request: the name of the file. */
  readonly file?: string;
}

/** What the reading of a document had to leave out, or what a person should know about it. */
interface ItemWarning {
  readonly warning: string;
  readonly field?: string | undefined;
  readonly detail: string;
}

/** One thing to record, or the reason why it cannot be read. */
export type ImportItem = ItemPlace &
  (
    | { readonly fact: unknown; readonly warnings?: readonly ItemWarning[] }
    | { readonly code: string; readonly detail: string; readonly field?: string }
  );

/** The formats of an import. */
export const importTypes = [
  'application/x-ndjson',
  'application/json',
  'text/csv',
  xlsxType,
  'application/xml',
  'text/xml',
  'application/pdf',
  'application/zip',
  'multipart/form-data',
] as const;

export interface ImportSettings extends ParseOptions {
  /** As the request says it, with its parameters. */
  readonly contentType: string;
  /** Longest line, longest whole document, longest archive. */
  readonly itemBytes: number;
}

/** Reads an import item by item; of a table as CSV or of lines, never more than one item is in memory. */
export function readImport(
  source: Readable,
  mediaType: string,
  settings: ImportSettings,
): AsyncGenerator<ImportItem> {
  switch (mediaType) {
    case 'application/x-ndjson':
      return readLines(source, settings.itemBytes);
    case 'text/csv':
      return readRows(readCsvRows(source, charsetOf(settings.contentType)));
    case xlsxType:
      return readWorkbook(source, settings.itemBytes);
    case 'application/json':
      return readArray(source, settings.itemBytes);
    case 'application/zip':
    case 'multipart/form-data':
      return readFiles(source, mediaType, settings);
    default:
      return readDocument(source, settings);
  }
}

/** Lines of JSON, each by itself. */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  itemBytes: number,
): AsyncGenerator<ImportItem> {
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
  try {
    const line = utf8(bytes).trim();
    if (line !== '') yield jsonItem(JSON.parse(line));
  } catch {
    yield { code: 'MALFORMED_JSON', detail: 'The line is not valid JSON in UTF-8.' };
  }
}

/** What lies too deep would end the transaction of all the items that travel with it. */
function jsonItem(fact: unknown): ImportItem {
  return isTooDeep(fact) ? { code: 'MALFORMED_JSON', detail: tooDeep } : { fact };
}

async function* readRows(rows: Parameters<typeof readTable>[0]): AsyncGenerator<ImportItem> {
  for await (const row of readTable(rows)) yield { ...asItem(row), line: row.row };
}

async function* readWorkbook(source: Readable, itemBytes: number): AsyncGenerator<ImportItem> {
  yield* readRows(readXlsxRows(await readAll(source, itemBytes)));
}

async function* readArray(source: Readable, itemBytes: number): AsyncGenerator<ImportItem> {
  const bytes = await readAll(source, itemBytes);
  let items: unknown;
  try {
    items = JSON.parse(utf8(bytes));
  } catch {
    throw new Problem('MALFORMED_JSON');
  }
  if (Array.isArray(items)) for (const fact of items as unknown[]) yield jsonItem(fact);
  else if (isTooDeep(items)) throw new Problem('MALFORMED_JSON', { detail: tooDeep });
  else yield* readDcsa(items).items.map(asItem);
}

async function* readDocument(source: Readable, settings: ImportSettings): AsyncGenerator<ImportItem> {
  const bytes = await readAll(source, settings.itemBytes);
  const { items, acceptances } = await parseDocument(bytes, settings.contentType, settings);
  yield* items.map(asItem);
  if (items.length === 0 && acceptances.length > 0) {
    const detail =
      'This is an answer of customs. Send it in one request with the declaration that it answers.';
    yield { code: 'INPUT_INVALID', detail };
  }
}

async function* readFiles(
  source: Readable,
  mediaType: 'application/zip' | 'multipart/form-data',
  settings: ImportSettings,
): AsyncGenerator<ImportItem> {
  const bytes = await readAll(source, settings.itemBytes);
  const files = [];
  if (mediaType === 'application/zip') {
    for await (const file of readZip(bytes, isPaper)) files.push(file);
  } else {
    files.push(...(await filesOf(bytes, settings.contentType)));
  }
  if (files.length === 0) {
    throw new Problem('INPUT_MISSING', { detail: 'There is no file of a format that is read here in it.' });
  }
  for await (const item of readBundle(files, settings)) yield { ...asItem(item), ...placeOf(item) };
}

/** Programs that pack archives put files of their own beside the others. */
function isPaper(name: string): boolean {
  return contentTypeOf(name) !== undefined && !/(^|\/)(__MACOSX\/|\.)/.test(name);
}

function placeOf(item: BundleItem): ItemPlace {
  const isTable = item.row > 0 && /\.(csv|xlsx)$/i.test(item.file);
  return { file: item.file, ...(isTable && { line: item.row }) };
}

function asItem(item: ParsedItem): ImportItem {
  if (!('fact' in item)) {
    const { code, detail, field } = item;
    return { code, detail, ...(field !== '' && { field }) };
  }
  const warnings = item.warnings.map(({ warning, field, detail }) => ({
    warning,
    ...(field !== undefined && { field }),
    detail,
  }));
  return { fact: item.fact, ...(warnings.length > 0 && { warnings }) };
}

/** @throws TypeError for other bytes: replaced by a mark they would be part of an id or a name that nobody wrote. */
function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** The encoding that the request names. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1];
}

/** The whole of something that is short. @throws Problem BODY_TOO_LARGE */
export async function readAll(source: Readable, most: number): Promise<Buffer> {
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
