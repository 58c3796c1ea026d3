import { takeOnLineSchema } from '@pledgeonce/chaincode/take-on/api.js';
import type { Response } from 'express';
import { z } from 'zod';
import { dryRunForm } from '../take-on/dry-run-form.js';
import { linesAtOnce, triedSchema, triedTotalsSchema, tryLines } from '../take-on/dry-run.js';
import type { Tried } from '../take-on/dry-run.js';
import type { BookItem } from '../take-on/read-book.js';
import { bookTypes } from '../take-on/read-book.js';
import { Book } from '../take-on/similar.js';
import { Sums } from '../take-on/sums.js';
import { AskingPace } from './http/asking-pace.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { Problem } from './problem.js';
import { bookTypeOf, streaming } from './read-taken-book.js';
import { type AnswerForm, Answers } from './http/streamed-answers.js';

/** A book is compared with itself, so it is in memory as a whole. */
const mostLines = 100_000;

/** What would become of a book; nothing is written. */
export function dryRunEndpoint(context: ApiContext): Endpoint {
  const pace = new AskingPace(context.limits.verificationsPerMinute);
  return endpoint({
    method: 'post',
    path: '/take-on/dry-run',
    tag: 'take-on',
    summary:
      'Try a book: what would become of each line, with totals; each document is a question that counts as a verification',
    access: 'previewTakeOn',
    query: z.strictObject({
      /** As lines of JSON, or as the file itself, in the kind that was sent, with the verdicts beside its lines. */
      as: z.enum(['lines', 'table']).default('lines'),
    }),
    streams: bookTypes,
    answers: {
      200: {
        description:
          'One verdict per line, as they come, and the totals after the last; or the file with the verdicts, as CSV, Excel or lines of JSON',
        schema: z.union([triedSchema, triedTotalsSchema]),
        contentType: 'application/x-ndjson',
      },
    },
    handle: async ({ caller, query }, request, response) => {
      await streaming(context, caller, request, response, async (items, gone) => {
        const lines = await all(items);
        const form = query.as === 'table' ? dryRunForm(lines, bookTypeOf(request)) : {};
        await answer({ context, caller, pace, gone }, lines, form, response);
      });
      return undefined;
    },
  });
}

async function all(items: AsyncGenerator<BookItem>): Promise<BookItem[]> {
  const lines: BookItem[] = [];
  for await (const item of items) {
    if (lines.length >= mostLines) {
      throw new Problem('INPUT_TOO_LARGE', { detail: `The book has more than ${mostLines} lines.` });
    }
    lines.push(item);
  }
  return lines;
}

type Verdict = Tried | z.infer<typeof triedTotalsSchema>;

interface Asking {
  readonly context: ApiContext;
  readonly caller: Caller;
  readonly pace: AskingPace;
  readonly gone: AbortSignal;
}

async function answer(
  asking: Asking,
  items: readonly BookItem[],
  form: AnswerForm<Verdict>,
  response: Response,
): Promise<void> {
  const loans = items.flatMap((item) => {
    const found = 'loan' in item ? takeOnLineSchema.safeParse(item.loan) : undefined;
    return found?.success === true ? [{ line: item.line, loan: found.data }] : [];
  });
  const book = new Book(loans);
  const answers = new Answers<Verdict>(response, asking.gone, form);
  const sums = new Sums();
  for (let start = 0; start < items.length && !asking.gone.aborted; start += linesAtOnce) {
    const some = items
      .slice(start, start + linesAtOnce)
      .map((item, place) => ({ item, index: start + place }));
    for (const [place, tried] of (await tryLines({ ...asking, book }, some)).entries()) {
      const item = some[place]?.item;
      sums.add(tried.verdict, item !== undefined && 'loan' in item ? (item.loan as object) : undefined);
      await answers.add(Promise.resolve(tried));
    }
  }
  await answers.end(() => ({ outcome: 'totals', lines: sums.lines, totals: sums.all }));
}
