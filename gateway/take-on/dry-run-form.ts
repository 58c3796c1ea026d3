import type { z } from 'zod';
import { csvHead, csvLine } from '../api/csv.js';
import type { AnswerForm } from '../api/streamed-answers.js';
import type { Tried, triedTotalsSchema } from './dry-run.js';
import type { BookItem } from './read-book.js';

const verdictColumns = ['verdict', 'outcome', 'why'] as const;

/** The book as a table with what would become of each line; of lines of JSON, their references. */
export function dryRunForm(
  items: readonly BookItem[],
): AnswerForm<Tried | z.infer<typeof triedTotalsSchema>> {
  const headings = items.find(({ headings }) => headings !== undefined)?.headings ?? ['line', 'reference'];
  return {
    type: 'text/csv; charset=utf-8',
    head: csvHead({ columns: [...headings, ...verdictColumns] }),
    write: (tried) => (tried.outcome === 'totals' ? '' : csvLine(row(items, headings, tried))),
  };
}

function row(items: readonly BookItem[], headings: readonly string[], tried: Tried): string[] {
  const own = items[tried.index]?.cells ?? [String(tried.line), tried.reference ?? ''];
  const cells = headings.map((_heading, place) => own[place] ?? '');
  return [...cells, tried.verdict, tried.outcome, whyOf(tried)];
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
