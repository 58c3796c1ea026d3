import type { Question } from './question.js';

export interface Asked {
  readonly line: number;
  readonly question: Question;
  /** Of a paper that may stand on record as another type, too: as which. */
  readonly orAs?: 'tax-invoice';
}

const columns = ['type', 'number', 'enterprise', 'amount', 'currency'] as const;
const mostRows = 10_000;

/**
 * Reads a table with the columns type, number, enterprise, amount, currency; a firm stands as `USCC:91…`, or as its USCC.
 *
 * @returns the text that says what is wrong with the file, where it cannot be read.
 */
export function readQuestions(text: string): readonly Asked[] | string {
  if (text.includes('\u0000')) return 'file.notATable';
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((row, index) => ({ line: index + 1, cells: cellsOf(row) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [head, ...body] = rows;
  const names = head?.cells.map((cell) => cell.toLowerCase()) ?? [];
  if (columns.some((column) => !names.includes(column))) return 'file.columnsMissing';
  if (body.length === 0) return 'file.empty';
  if (body.length > mostRows) return 'file.tooManyRows';
  return body.map(({ line, cells }) => {
    const of = (column: (typeof columns)[number]) => cells[names.indexOf(column)] ?? '';
    const [scheme, id] = of('enterprise').includes(':')
      ? of('enterprise').split(':')
      : ['USCC', of('enterprise')];
    const question = {
      document: { type: of('type'), number: of('number') },
      particulars: { enterprise: { scheme, id }, total: { amount: of('amount'), currency: of('currency') } },
    } as Question;
    return { line, question };
  });
}

/** The cells of a row, quoted or not. */
function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < row.length; at++) {
    const character = row[at] ?? '';
    if (character === '"' && isQuoted && row[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === ',' && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}
