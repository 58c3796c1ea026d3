import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { describeIssue } from '@pledgeonce/chaincode/rules/describe-issue.js';
import { DocumentError } from '../documents/document-error.js';
import type { TableRow } from '../documents/table-rows.js';
import { Problem, toProblem } from '../api/problem.js';
import { type BookHeading, bookCells, bookHeading } from './book-columns.js';
import { type BookLine, bookLineSchema } from './book-line.js';

/** Lines of one book; the memory that a comparison needs grows with them, by a few dozen bytes a line. */
export const mostLines = 200_000;

/** A line of a book, and where it stands: in a table its line, else its place among the items, from 1. */
export interface PlacedLine {
  readonly line: number;
  readonly said: BookLine;
  /** Outstanding in minor units. */
  readonly owed: bigint;
}

/** What is read of a book beside its lines. */
export interface BookNotes {
  /** Headings of columns that are not compared. */
  ignored: readonly string[];
}

/**
 * The lines of a table. A reconciliation speaks of the whole book: one line that cannot be read refuses it.
 *
 * @throws Problem that names the line and what is wrong in it.
 */
export async function* tableLines(
  rows: AsyncIterable<TableRow>,
  notes: BookNotes,
): AsyncGenerator<PlacedLine> {
  let heading: BookHeading | undefined;
  for await (const row of rows) {
    const { line } = row;
    if ('broken' in row) throw lineProblem(line, new DocumentError('INPUT_INVALID', '', row.broken));
    try {
      if (heading === undefined) {
        heading = bookHeading(row.cells);
        notes.ignored = heading.ignored;
      } else
        yield placed(
          line,
          bookCells(heading, row.cells, () => undefined),
        );
    } catch (error) {
      throw lineProblem(line, error);
    }
  }
  if (heading === undefined) throw new Problem('INPUT_MISSING', { detail: 'The book is empty.' });
}

/** The lines of a book as JSON. @throws Problem as {@link tableLines}. */
export async function* itemLines(
  items: AsyncIterable<{ readonly fact: unknown } | { readonly code: string; readonly detail: string }>,
): AsyncGenerator<PlacedLine> {
  let line = 0;
  for await (const item of items) {
    line += 1;
    if (!('fact' in item)) throw lineProblem(line, new DocumentError('INPUT_INVALID', '', item.detail));
    try {
      yield placed(line, item.fact);
    } catch (error) {
      throw lineProblem(line, error);
    }
  }
}

function placed(line: number, said: unknown): PlacedLine {
  const parsed = bookLineSchema.safeParse(said);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { field = '', detail } = issue === undefined ? {} : describeIssue(issue);
    throw new DocumentError('INPUT_INVALID', field, detail ?? 'The line cannot be read.');
  }
  const { minor } = parseMoney(parsed.data.outstanding, 'outstanding', 'allow-zero');
  return { line, said: parsed.data, owed: minor };
}

/** The refusal of the whole, because of one line. */
export function lineProblem(line: number, error: unknown): Problem {
  const { code, message, details } = toProblem(error);
  if (code === 'INTERNAL') return toProblem(error);
  const detail = `Line ${line}: ${message} Nothing was recorded.`;
  return new Problem(code, { ...details, detail });
}
