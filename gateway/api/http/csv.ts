import type { Money } from '@pledgeonce/chaincode/api.js';

/** A table that a list becomes: its columns, and the rows of a page of it. */
export interface CsvTable {
  /** Without the ending. */
  readonly file: string;
  readonly columns: readonly string[];
  /** @param body the answer in JSON. */
  readonly rows: (body: unknown) => readonly (readonly Cell[])[];
}

export type Cell = string | number | undefined;

/** So that spreadsheets read what follows as UTF-8. */
const byteOrderMark = '\uFEFF';
/** With one of these a spreadsheet takes a cell for a formula; some in their wide forms too. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/** The first line. */
export function csvHead({ columns }: Pick<CsvTable, 'columns'>): string {
  return byteOrderMark + csvLine(columns);
}

/**
 * A line by RFC 4180. What a spreadsheet would run is led by an apostrophe: numbers and names in it were typed by
 * strangers.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount in two columns, so that a spreadsheet can add it up. */
export function moneyCells(money: Money | undefined): [Cell, Cell] {
  return [money?.amount, money?.currency];
}
