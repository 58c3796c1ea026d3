import { setTimeout as sleep } from 'node:timers/promises';
import { type Preview, type TakeOnLine, takeOnLineSchema } from '@pledgeonce/chaincode/take-on/api.js';
import { z } from 'zod';
import type { AskingPace } from '../api/http/asking-pace.js';
import type { ApiContext } from '../api/context.js';
import type { Caller } from '../api/endpoint.js';
import { keepQuestion } from '../api/keep-question.js';
import { Problem } from '../api/problem.js';
import { refusal, referenceOf, refusedBy } from './bring.js';
import { type DryRunVerdict, dryRunVerdicts } from './dry-run-verdicts.js';
import type { BookItem } from './read-book.js';
import { Book, type PlacedLoan } from './similar.js';
import { sumSchema } from './sums.js';

const verdicts = Object.keys(dryRunVerdicts) as DryRunVerdict[];

/** What would become of one line. */
export const triedSchema = z.strictObject({
  index: z.number().int(),
  line: z.number().int(),
  verdict: z.enum(verdicts),
  outcome: z.enum(['taken-on', 'unmatched', 'already-brought', 'refused', 'not-asked']),
  reference: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  /** The line of this file that looks like the same loan. */
  looksLike: z.number().int().optional(),
  documents: z
    .array(
      z.strictObject({
        list: z.string(),
        line: z.number().int(),
        result: z.enum(['found', 'not-found', 'mismatch']),
        /** In what the book and the registry differ. */
        mismatches: z.array(z.string()),
        /** How other lines of this file spell a number like it. */
        spellings: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
export type Tried = z.infer<typeof triedSchema>;

export const triedTotalsSchema = z.strictObject({
  outcome: z.literal('totals'),
  lines: z.number().int(),
  totals: z.array(sumSchema),
});

/** Lines that are asked for in one question to the ledger. */
export const linesAtOnce = 50;

/** Whoever tries a book, and what they may still ask. */
export interface Trying {
  readonly context: Pick<ApiContext, 'ledger' | 'questions' | 'verifications' | 'log'>;
  readonly caller: Caller;
  readonly pace: AskingPace;
  readonly book: Book;
  /** Aborts when nobody reads the answer any more. */
  readonly gone: AbortSignal;
}

/**
 * Asks what would become of some lines; nothing is written. Each document is a question like a verification: it is on
 * record before the answer leaves, it counts, and who has asked as often as a minute allows waits; who has guessed as often
 * as an hour allows is answered no more.
 */
export async function tryLines(
  trying: Trying,
  items: readonly { readonly item: BookItem; readonly index: number }[],
): Promise<Tried[]> {
  const parsed = items.map(({ item, index }) => ({ item, index, loan: parse(item) }));
  const asked = parsed.flatMap(({ item, index, loan }) =>
    'loan' in loan ? [{ item, index, loan: loan.loan }] : [],
  );
  const answers = new Map<number, Tried>();
  for (const { item, index, loan } of parsed)
    if ('tried' in loan) answers.set(index, { index, line: item.line, ...loan.tried });
  const said =
    asked.length === 0
      ? []
      : await ask(
          trying,
          asked.map(({ loan }) => loan),
        );
  for (const [place, { item, index, loan }] of asked.entries()) {
    const named = { index, line: item.line, reference: loan.reference };
    const preview = said instanceof Problem ? undefined : said[place];
    if (preview !== undefined)
      answers.set(index, { ...named, ...judged(trying.book, { line: item.line, loan }, preview) });
    else {
      const detail = said instanceof Problem ? said.message : undefined;
      answers.set(index, {
        ...named,
        verdict: 'not-asked',
        outcome: 'not-asked',
        code: 'RATE_LIMITED',
        ...(detail !== undefined && { detail }),
      });
    }
  }
  return items.flatMap(({ index }) => answers.get(index) ?? []);
}

function parse(
  item: BookItem,
): { readonly loan: TakeOnLine } | { readonly tried: Omit<Tried, 'index' | 'line'> } {
  const of = { verdict: 'refused', outcome: 'refused' } as const;
  if (!('loan' in item)) {
    const { code, detail, field } = refusal(0, item);
    return { tried: { ...of, code, detail, ...(field !== undefined && { field }) } };
  }
  const found = takeOnLineSchema.safeParse(item.loan);
  if (found.success) return { loan: found.data };
  const { status: _status, lines: _lines, ...why } = refusedBy(found.error);
  return { tried: { ...of, ...referenceOf(item.loan), ...why } };
}

/** @returns a Problem when the hour's guesses are used up: nothing was asked then. */
async function ask(
  { context, caller, pace, gone }: Trying,
  loans: readonly TakeOnLine[],
): Promise<readonly Preview[] | Problem> {
  try {
    context.questions.assertLeft(caller);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  await inTurn(
    pace,
    caller,
    loans.reduce((sum, loan) => sum + documentsOf(loan).length, 0),
    gone,
  );
  const { items } = await context.ledger.evaluate(caller.signatory, 'previewTakeOn', { lines: [...loans] });
  for (const { index, documents } of items) {
    const loan = loans[index];
    for (const { list, line, result } of documents) {
      const document = loan?.[list]?.[line]?.document;
      if (document !== undefined) await keepQuestion(context, caller, 'take-on', document, result);
    }
  }
  return items;
}

/** Waits until so many questions are the caller's to ask: who tries a whole book is not refused, but takes their time. */
async function inTurn(pace: AskingPace, caller: Caller, questions: number, gone: AbortSignal): Promise<void> {
  for (let left = questions; left > 0 && !gone.aborted;) {
    // No more at a time than the least that a gateway allows in a minute.
    try {
      pace.take(caller, 1);
      left -= 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const seconds = error.details.retryAfter ?? 1;
      await sleep(seconds * 1_000, undefined, { signal: gone }).catch(() => undefined);
    }
  }
}

function judged(book: Book, placed: PlacedLoan, preview: Preview): Omit<Tried, 'index' | 'line'> {
  const { index: _index, documents, ...said } = preview;
  const { looksLike, spellingsOf } = book.similarTo(placed);
  const isAlike = looksLike !== undefined && isBefore('looks-like', said.verdict);
  return {
    ...said,
    ...(isAlike && { verdict: 'looks-like' as const }),
    ...(looksLike !== undefined && { looksLike }),
    documents: documents.map((one) => {
      const number = placed.loan[one.list]?.[one.line]?.document.number ?? '';
      const spellings = one.result === 'not-found' ? spellingsOf(number) : [];
      return { ...one, ...(spellings.length > 0 && { spellings: [...spellings] }) };
    }),
  };
}

function isBefore(one: Tried['verdict'], other: Tried['verdict']): boolean {
  return verdicts.indexOf(one) < verdicts.indexOf(other);
}

function documentsOf({ lines, cover = [], collateral = [] }: TakeOnLine) {
  return [...lines, ...cover, ...collateral];
}
