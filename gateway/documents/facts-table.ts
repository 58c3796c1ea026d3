import { type FactInput, factInputSchema } from '@pledgeonce/chaincode/api.js';
import { describeIssue } from '@pledgeonce/chaincode/rules/describe-issue.js';
import { DocumentError } from './document-error.js';
import { factColumn, type FactColumn } from './fact-columns.js';
import type { Warn } from './parsed.js';
import { amountOfCell, dateOfCell, textOfCell } from './read-cell.js';
import type { Cell } from './table-rows.js';

/** A column, and the heading under which the table has it. */
export interface HeadedColumn extends FactColumn {
  readonly heading: string;
}

/**
 * The columns of a table of facts.
 *
 * @throws DocumentError that names every heading which no fact has, or which stands there twice.
 */
export function factColumns(headings: readonly string[]): readonly HeadedColumn[] {
  const columns = headings.map((heading) => ({ heading, column: factColumn(heading) }));
  const unknown = columns
    .filter(({ column }) => column === undefined)
    .map(({ heading }) => heading || '(empty)');
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).join(', ').slice(0, 300);
    throw new DocumentError(
      'INPUT_INVALID',
      names,
      'The table has columns that no document of the registry has.',
    );
  }
  const paths = columns.map(({ column }) => column?.path.join('.') ?? '');
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new DocumentError('DOCUMENT_AMBIGUOUS', twice, 'The table has this column twice.');
  for (const needed of ['type', 'number']) {
    if (!paths.includes(needed))
      throw new DocumentError('INPUT_INVALID', needed, 'The table lacks this column.');
  }
  return columns.flatMap(({ heading, column }) => (column === undefined ? [] : [{ heading, ...column }]));
}

/**
 * The fact of one row: what a cell leaves empty the fact does not say.
 *
 * @throws DocumentError that names the column which is wrong, in the words in which the ledger would refuse it.
 */
export function factOfRow(columns: readonly HeadedColumn[], cells: readonly Cell[], warn: Warn): FactInput {
  const fact = new Map<string, unknown>();
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell !== '') put(fact, column.path, valueOf(column, cell, warn));
  }
  const parsed = factInputSchema.safeParse(plain(fact));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const { field = '', detail } = issue === undefined ? {} : describeIssue(issue);
  throw new DocumentError('INPUT_INVALID', field, detail);
}

function valueOf({ kind, heading }: HeadedColumn, cell: Cell, warn: Warn): unknown {
  switch (kind) {
    case 'amount':
      return amountOfCell(cell, heading);
    case 'date':
      return dateOfCell(cell, heading);
    case 'list':
      return textOfCell(cell, heading, warn).split(/[\s|]+/);
    case 'integer': {
      const text = typeof cell === 'string' ? cell : String(cell.stored);
      if (!/^\d{1,15}$/.test(text))
        throw new DocumentError('INPUT_INVALID', heading, 'This is no whole number.');
      return Number(text);
    }
    case 'boolean': {
      const text = typeof cell === 'string' ? cell.toLowerCase() : '';
      if (text !== 'true' && text !== 'false') {
        throw new DocumentError('INPUT_INVALID', heading, 'Write true or false.');
      }
      return text === 'true';
    }
    default:
      return textOfCell(cell, heading, warn);
  }
}

function put(into: Map<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into.set(name, value);
    return;
  }
  const inside = into.get(name) ?? new Map<string, unknown>();
  if (inside instanceof Map) put(inside as Map<string, unknown>, rest, value);
  into.set(name, inside);
}

/** Maps as the objects and lists that they stand for. Gaps in a list close: a row may leave its first citation empty. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Map<string, unknown>)].map(
    ([name, inside]) => [name, plain(inside)] as const,
  );
  if (entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))) {
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, inside]) => inside);
  }
  return Object.fromEntries(entries);
}
