import { DocumentError } from '../documents/document-error.js';
import type { Warn } from '../documents/parsed.js';
import { amountOfCell, dateOfCell, textOfCell } from '../documents/read-cell.js';
import type { Cell } from '../documents/table-rows.js';

/** A column of a book: under which headings it is known. The first of each language stands in the template. */
interface BookColumn {
  readonly field: 'applicationNumber' | 'claim' | 'amount' | 'currency' | 'state' | 'dueDate';
  readonly en: readonly [string, ...string[]];
  readonly zh: readonly [string, ...string[]];
}

const bookColumns: readonly BookColumn[] = [
  {
    field: 'applicationNumber',
    en: ['applicationNumber', 'application number', 'loan number', 'reference'],
    zh: ['申请编号', '业务编号', '融资编号'],
  },
  { field: 'claim', en: ['claim', 'claim id'], zh: ['融资登记号'] },
  {
    field: 'amount',
    en: ['outstanding', 'outstanding amount', 'balance'],
    zh: ['未还余额', '余额', '未偿余额'],
  },
  { field: 'currency', en: ['currency'], zh: ['币种'] },
  { field: 'state', en: ['state', 'status'], zh: ['状态'] },
  { field: 'dueDate', en: ['dueDate', 'due date', 'due', 'maturity'], zh: ['到期日'] },
];

/** The headings of the template in one language. */
export function templateHeadings(language: 'en' | 'zh'): string[] {
  return bookColumns.filter(({ field }) => field !== 'claim').map((column) => column[language][0]);
}

/** Which columns a table has, by place; and the headings that say nothing that is compared. */
export interface BookHeading {
  readonly columns: readonly (BookColumn | undefined)[];
  readonly headings: readonly string[];
  readonly ignored: readonly string[];
}

/**
 * Reads the heading of a table: the columns in any order, Chinese or English; others are a bank's own and are left out.
 *
 * @throws DocumentError for a column that is there twice, or without which nothing can be compared.
 */
export function bookHeading(cells: readonly Cell[]): BookHeading {
  const headings = cells.map((cell) => (typeof cell === 'string' ? cell.trim() : String(cell.stored)));
  const columns = headings.map((heading) =>
    bookColumns.find(({ en, zh }) => [...en, ...zh].some((name) => formOf(name) === formOf(heading))),
  );
  const fields = columns.flatMap((column) => (column === undefined ? [] : [column.field]));
  const twice = fields.find((field, place) => fields.indexOf(field) !== place);
  if (twice !== undefined)
    throw new DocumentError('DOCUMENT_AMBIGUOUS', twice, 'The table has this column twice.');
  const needed = ['amount', 'currency'] as const;
  for (const field of needed) {
    if (!fields.includes(field))
      throw new DocumentError('INPUT_INVALID', field, 'The table lacks this column.');
  }
  if (!fields.includes('applicationNumber') && !fields.includes('claim'))
    throw new DocumentError('INPUT_INVALID', 'applicationNumber', 'The table lacks this column.');
  return {
    columns,
    headings,
    ignored: headings.filter((heading, place) => columns[place] === undefined && heading !== ''),
  };
}

/**
 * What the cells of a row say, in the form of a line.
 *
 * @throws DocumentError that names the column which is wrong.
 */
export function bookCells({ columns, headings }: BookHeading, cells: readonly Cell[], warn: Warn): object {
  const said = new Map<BookColumn['field'], string>();
  for (const [place, column] of columns.entries()) {
    const cell = cells[place] ?? '';
    if (column === undefined || cell === '') continue;
    said.set(column.field, valueOf(column, cell, headings[place] ?? '', warn));
  }
  const amount = said.get('amount');
  const currency = said.get('currency');
  const rest = ['applicationNumber', 'claim', 'state', 'dueDate'] as const;
  return {
    ...Object.fromEntries(rest.flatMap((field) => (said.has(field) ? [[field, said.get(field)]] : []))),
    ...((amount !== undefined || currency !== undefined) && { outstanding: { amount, currency } }),
  };
}

function valueOf({ field }: BookColumn, cell: Cell, heading: string, warn: Warn): string {
  if (field === 'amount') return amountOfCell(cell, heading);
  return field === 'dueDate' ? dateOfCell(cell, heading) : textOfCell(cell, heading, warn);
}

/** `Due date`, `due_date` and `dueDate` are one heading. */
function formOf(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s_-]/g, '')
    .toLowerCase();
}
