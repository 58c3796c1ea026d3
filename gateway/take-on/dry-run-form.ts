import type { z } from 'zod';
import { csvHead, csvLine } from '../api/http/csv.js';
import type { AnswerForm } from '../api/http/streamed-answers.js';
import { DocumentError } from '../documents/document-error.js';
import { dateOfCell } from '../documents/read-cell.js';
import type { Cell } from '../documents/table-rows.js';
import { writeXlsx } from '../documents/write-xlsx.js';
import { xlsxType } from '../documents/xlsx-rows.js';
import { answerColumns, bookColumns } from './columns.js';
import type { Tried, triedTotalsSchema } from './dry-run.js';
import { type BookItem, type BookType, textOf } from './read-book.js';

type Verdict = Tried | z.infer<typeof triedTotalsSchema>;
type Form = AnswerForm<Verdict>;

/** The book as it was sent, in the same kind of file, with what would become of each line beside it. */
export function dryRunForm(items: readonly BookItem[], type: BookType): Form {
  if (type === 'application/x-ndjson') return linesForm(items);
  const table = new AnsweredTable(items);
  return type === xlsxType ? workbookForm(table) : csvForm(table);
}

function csvForm(table: AnsweredTable): Form {
  return {
    type: 'text/csv; charset=utf-8',
    head: csvHead({ columns: table.headings }),
    write: (tried) => (tried.outcome === 'totals' ? '' : csvLine(table.row(tried).map(textOf))),
  };
}

/** A workbook has its table of contents at the end: it goes out as a whole, after the last line. */
function workbookForm(table: AnsweredTable): Form {
  const rows: (readonly Cell[])[] = [table.headings];
  return {
    type: xlsxType,
    write: (tried) => {
      if (tried.outcome === 'totals') return writeXlsx(rows);
      rows.push(table.row(tried));
      return '';
    },
  };
}

/** Each line as it came, with the verdict as further members of it; of one that is no object, its place. */
function linesForm(items: readonly BookItem[]): Form {
  return {
    write: (tried) => {
      if (tried.outcome === 'totals') return '';
      const item = items[tried.index];
      const loan =
        item !== undefined && 'loan' in item && typeof item.loan === 'object' ? item.loan : undefined;
      const { line, verdict, outcome } = tried;
      return `${JSON.stringify({ ...(loan ?? { line }), verdict, outcome, why: whyOf(tried) })}\n`;
    },
  };
}

/** A table with the columns of the answer at its end; those of an earlier answer give way. */
class AnsweredTable {
  readonly headings: readonly string[];
  readonly #items: readonly BookItem[];
  readonly #places: readonly { readonly place: number; readonly name: string }[];

  constructor(items: readonly BookItem[]) {
    this.#items = items;
    const own = items.find(({ headings }) => headings !== undefined)?.headings ?? [];
    const columns = own.length === 0 ? [] : bookColumns(own);
    this.#places = columns
      .map(({ name }, place) => ({ name, place }))
      .filter(({ name }) => !answerColumns.includes(name));
    this.headings = [...this.#places.map(({ place }) => own[place] ?? ''), ...answerColumns];
  }

  row(tried: Tried): readonly Cell[] {
    const cells = this.#items[tried.index]?.cells ?? [];
    const own = this.#places.map(({ place, name }) => asDate(cells[place] ?? '', name));
    return [...own, tried.verdict, tried.outcome, whyOf(tried)];
  }
}

/** A spreadsheet keeps a day as a number, and that it is a day in the format of the cell: here it is written out. */
function asDate(cell: Cell, name: string): Cell {
  if (typeof cell === 'string' || !/(^paidOutOn|^dueDate|\.date)$/.test(name)) return cell;
  try {
    return dateOfCell(cell, name);
  } catch (error) {
    if (error instanceof DocumentError) return cell;
    throw error;
  }
}

/** In what the line and the registry differ, in a few words. */
function whyOf({ detail, field, looksLike, documents = [] }: Tried): string {
  const ofDocuments = documents.flatMap(({ list, line, mismatches, spellings }) => [
    ...mismatches.map((one) => `${list} ${line + 1}: ${one}`),
    ...(spellings === undefined ? [] : [`${list} ${line + 1}: ${spellings.join(' / ')}?`]),
  ]);
  return [
    ...(detail === undefined ? [] : [field === undefined ? detail : `${field}: ${detail}`]),
    ...(looksLike === undefined ? [] : [`looks like line ${looksLike}`]),
    ...ofDocuments,
  ].join('; ');
}
