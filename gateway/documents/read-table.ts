import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { DocumentError } from './document-error.js';
import { factColumns, factOfRow } from './facts-table.js';
import { assertKoreanTable, isKoreanTable, koreanDeclaration } from './korean-table.js';
import type { ParsedItem, Warn, Warning } from './parsed.js';
import type { Cell, TableRow } from './table-rows.js';

type ReadRow = (cells: readonly Cell[], warn: Warn) => FactInput;

/**
 * Reads the rows of a table: facts under the headings of their fields, or Korean customs declarations. Every row has its
 * own verdict, and is known by the line in which it starts.
 *
 * @throws DocumentError when the table as a whole is neither.
 */
export async function* readTable(rows: AsyncIterable<TableRow>): AsyncGenerator<ParsedItem> {
  let read: ReadRow | undefined;
  for await (const row of rows) {
    if (read === undefined) read = readerFor(row);
    else yield itemOf(row, read);
  }
  if (read === undefined) throw new DocumentError('INPUT_MISSING', '', 'The table is empty.');
}

function readerFor(heading: TableRow): ReadRow {
  if ('broken' in heading)
    throw new DocumentError('INPUT_INVALID', '', `The heading cannot be read. ${heading.broken}`);
  const headings = heading.cells.map((cell) => (typeof cell === 'string' ? cell : String(cell.stored)));
  if (isKoreanTable(headings)) {
    assertKoreanTable(headings);
    return (cells, warn) => koreanDeclaration(headings, cells, warn);
  }
  const columns = factColumns(headings);
  return (cells, warn) => {
    if (cells.length > headings.length) {
      const detail = `The row has ${cells.length} cells instead of ${headings.length}.`;
      throw new DocumentError('INPUT_INVALID', '', detail);
    }
    return factOfRow(columns, cells, warn);
  };
}

function itemOf(row: TableRow, read: ReadRow): ParsedItem {
  const { line } = row;
  if ('broken' in row) return { row: line, code: 'INPUT_INVALID', field: '', detail: row.broken };
  const warnings: Warning[] = [];
  try {
    const fact = read(row.cells, (warning) => warnings.push({ row: line, ...warning }));
    return { row: line, fact, warnings };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, field, detail } = error;
    return { row: line, code, field, detail };
  }
}
