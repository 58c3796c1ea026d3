import { Readable } from 'node:stream';
import { Problem } from '@pledgeonce/gateway/api/problem.js';
import { readLines } from '@pledgeonce/gateway/api/read-import.js';
import { readCsvRows } from '@pledgeonce/gateway/documents/csv-rows.js';
import { DocumentError } from '@pledgeonce/gateway/documents/document-error.js';
import { parseDocument } from '@pledgeonce/gateway/documents/parse-document.js';
import { readXlsxRows, xlsxType } from '@pledgeonce/gateway/documents/xlsx-rows.js';
import { readCancellation, readFinancingRequest } from '@pledgeonce/gateway/iso20022/messages.js';
import { itemLines, tableLines } from '@pledgeonce/gateway/reconciliations/read-book.js';
import { type BookType, readBook } from '@pledgeonce/gateway/take-on/read-book.js';

const itemBytes = 1_000_000;

/** Everything that reads a file or message of somebody outside, as the API hands it the bytes. */
export const targets = {
  'document as CSV': (bytes: Buffer) => parseDocument(bytes, 'text/csv'),
  'document as Excel': (bytes: Buffer) => parseDocument(bytes, xlsxType),
  'document as XML': (bytes: Buffer) => parseDocument(bytes, 'application/xml'),
  'document as JSON': (bytes: Buffer) => parseDocument(bytes, 'application/json'),
  'documents as lines of JSON': (bytes: Buffer) => toTheEnd(readLines(Readable.from([bytes]), itemBytes)),
  'book of loans as CSV': (bytes: Buffer) => bookOf(bytes, 'text/csv'),
  'book of loans as Excel': (bytes: Buffer) => bookOf(bytes, xlsxType),
  'book to compare as CSV': (bytes: Buffer) => toTheEnd(tableLines(readCsvRows([bytes]), { ignored: [] })),
  'book to compare as Excel': (bytes: Buffer) => toTheEnd(tableLines(readXlsxRows(bytes), { ignored: [] })),
  'book to compare as lines of JSON': (bytes: Buffer) =>
    toTheEnd(itemLines(readLines(Readable.from([bytes]), itemBytes))),
  'financing request of ISO 20022': readFinancingRequest,
  'cancellation of ISO 20022': readCancellation,
} as const satisfies Readonly<Record<string, (bytes: Buffer) => Promise<unknown>>>;

export type Target = keyof typeof targets;
export const targetNames = Object.keys(targets) as readonly Target[];

function bookOf(bytes: Buffer, type: BookType): Promise<void> {
  return toTheEnd(readBook(Readable.from([bytes]), type, { contentType: type, itemBytes }));
}

async function toTheEnd(items: AsyncIterable<unknown>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true;) next = await iterator.next();
}

/** What one file may take. */
const mostMs = 2_000;
const slow = 'It took too long:';
const mostBytes = 300_000_000;

/** @returns what is wrong with how a target took a file; undefined when it was read, or refused as the API's table of errors says. */
export async function crashOf(target: Target, bytes: Buffer): Promise<string | undefined> {
  const was = await oneReading(target, bytes);
  // The machine may have been busy, or the program stopped for a while: a file that is slow is so each time.
  return was?.startsWith(slow) === true ? oneReading(target, bytes) : was;
}

async function oneReading(target: Target, bytes: Buffer): Promise<string | undefined> {
  const [begun, before] = [performance.now(), heldBytes()];
  try {
    await targets[target](bytes);
  } catch (error) {
    const isDeclared = error instanceof DocumentError || (error instanceof Problem && error.status < 500);
    if (!isDeclared) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  }
  const took = performance.now() - begun;
  if (took > mostMs) return `${slow} ${(took / 1000).toFixed(1)} s.`;
  const held = heldBytes() - before;
  return held > mostBytes ? `It took ${(held / 1e6).toFixed(0)} MB.` : undefined;
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
