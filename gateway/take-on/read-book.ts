import type { Readable } from 'node:stream';
import { readLines, readAll, charsetOf } from '../api/read-import.js';
import { readCsvRows } from '../documents/csv-rows.js';
import { DocumentError } from '../documents/document-error.js';
import type { Cell, TableRow } from '../documents/table-rows.js';
import { readXlsxRows, xlsxType } from '../documents/xlsx-rows.js';
import { bookColumns, type BookColumn } from './columns.js';
import { loanOfRow } from './row.js';

/** The formats of a book. */
export const bookTypes = ['application/x-ndjson', 'text/csv', xlsxType] as const;
export type BookType = (typeof bookTypes)[number];

/** One line of a book, or why it cannot be read. */
export type BookItem = {
  /** The line of the file in which it starts. */
  readonly line: number;
  /** Of a table, its cells as they stand there, and the headings. */
  readonly cells?: readonly Cell[];
  readonly headings?: readonly string[];
} & (
  { readonly loan: unknown } | { readonly code: string; readonly detail: string; readonly field?: string }
);

/** Reads a book line by line; of a table as CSV or of lines of JSON, never more than one is in memory. */
export async function* readBook(
  source: Readable,
  type: BookType,
  { contentType, itemBytes }: { readonly contentType: string; readonly itemBytes: number },
): AsyncGenerator<BookItem> {
  if (type === 'text/csv') yield* readRows(readCsvRows(source, charsetOf(contentType)));
  else if (type === xlsxType) yield* readRows(readXlsxRows(await readAll(source, itemBytes)));
  else {
    let line = 0;
    for await (const item of readLines(source, itemBytes)) {
      line += 1;
      if ('fact' in item) yield { line, loan: item.fact };
      else yield { line, code: item.code, detail: item.detail };
    }
  }
}

async function* readRows(rows: AsyncIterable<TableRow>): AsyncGenerator<BookItem> {
  let columns: readonly BookColumn[] | undefined;
  let headings: readonly string[] = [];
  for await (const row of rows) {
    if (columns !== undefined) {
      yield itemOf(row, columns, headings);
      continue;
    }
    if ('broken' in row)
      throw new DocumentError('INPUT_INVALID', '', `The heading cannot be read. ${row.broken}`);
    headings = row.cells.map(textOf);
    columns = bookColumns(headings);
  }
  if (columns === undefined) throw new DocumentError('INPUT_MISSING', '', 'The table is empty.');
}

function itemOf(row: TableRow, columns: readonly BookColumn[], headings: readonly string[]): BookItem {
  const { line } = row;
  if ('broken' in row) return { line, headings, code: 'INPUT_INVALID', detail: row.broken };
  const table = { line, headings, cells: row.cells };
  try {
    if (row.cells.length > columns.length) {
      const detail = `The row has ${row.cells.length} cells instead of ${columns.length}.`;
      throw new DocumentError('INPUT_INVALID', '', detail);
    }
    return { ...table, loan: loanOfRow(columns, row.cells) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, field, detail } = error;
    return { ...table, code, detail, ...(field !== '' && { field }) };
  }
}

/** A cell as text. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : String(cell.stored);
}
