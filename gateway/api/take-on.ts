import type { Response } from 'express';
import { z } from 'zod';
import { writeXlsx } from '../documents/write-xlsx.js';
import { xlsxType } from '../documents/xlsx-rows.js';
import { SignedOutError } from '../ledger/errors.js';
import { bookTemplate } from '../take-on/template.js';
import { bringLine, broughtSchema, broughtTotalsSchema, refusedBy } from '../take-on/bring.js';
import type { BookItem } from '../take-on/read-book.js';
import { bookTypes } from '../take-on/read-book.js';
import { Sums } from '../take-on/sums.js';
import type { ApiContext } from './context.js';
import { csvHead, csvLine } from './http/csv.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { streaming } from './read-taken-book.js';
import { Answers } from './http/streamed-answers.js';
import { dryRunEndpoint } from './take-on-dry-run.js';

/** Lines that may be on their way to the ledger at once: enough to fill the transactions of one person. */
const linesUnderWay = 2_000;
/** How often somebody is asked for who may have been cut off meanwhile, in lines. */
const askEvery = 100;

/** A bank brings what it had lent before the registry began. */
export function takeOnEndpoints(context: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/take-on',
      tag: 'take-on',
      summary:
        'Bring a book of running loans: a table as CSV or Excel, or lines of JSON; sent again, nothing comes twice',
      access: 'takeOn',
      writes: true,
      streams: bookTypes,
      answers: {
        200: {
          description: 'One verdict per line, as they come, and the totals after the last',
          schema: z.union([broughtSchema, broughtTotalsSchema]),
          contentType: 'application/x-ndjson',
        },
      },
      handle: async ({ caller }, request, response) => {
        await streaming(context, caller, request, response, (items, gone, mayGoOn) =>
          bring(context, caller, items, gone, mayGoOn, response),
        );
        return undefined;
      },
    }),
    dryRunEndpoint(context),
    endpoint({
      method: 'get',
      path: '/take-on/template',
      tag: 'take-on',
      summary: 'A table to fill in, with the headings of every column and one line that shows what is meant',
      access: 'previewTakeOn',
      query: z.strictObject({
        language: z.enum(['en', 'zh']).default('en'),
        format: z.enum(['csv', 'xlsx']).default('csv'),
      }),
      answers: {
        200: {
          description: 'A table as CSV, or an Excel workbook',
          schema: z.string(),
          contentType: 'text/csv',
        },
      },
      handle: ({ query: { language, format } }, _request, response) => {
        const [headings = [], example = []] = bookTemplate(language);
        const isBook = format === 'xlsx';
        response.status(200).attachment(`take-on-${language}.${format}`);
        response.type(isBook ? xlsxType : 'text/csv; charset=utf-8');
        response.send(
          isBook ? writeXlsx([headings, example]) : csvHead({ columns: headings }) + csvLine(example),
        );
        return Promise.resolve(undefined);
      },
    }),
  ];
}

type Line = z.infer<typeof broughtSchema> | z.infer<typeof broughtTotalsSchema>;

async function bring(
  context: ApiContext,
  caller: Caller,
  items: AsyncGenerator<BookItem>,
  gone: AbortSignal,
  mayGoOn: () => boolean,
  response: Response,
): Promise<void> {
  const answers = new Answers<Line>(response, gone, { most: linesUnderWay });
  const sums = new Sums();
  let index = 0;
  try {
    for await (const item of items) {
      if (gone.aborted) return;
      if (index % askEvery === 0 && !mayGoOn()) throw new SignedOutError();
      const verdict = bringLine({ context, caller }, item, index++);
      await answers.add(verdict.then((one) => summed(sums, item, one)));
    }
  } catch (error) {
    // Without a single line the request as a whole is wrong; later, the break is the verdict on what follows.
    if (index === 0) throw error;
    await answers.add(Promise.resolve({ index, line: index + 1, ...refusedBy(error) }));
  }
  await answers.end(() => ({ status: 'totals', lines: sums.lines, totals: sums.all }));
}

function summed(sums: Sums, item: BookItem, verdict: z.infer<typeof broughtSchema>): Line {
  const kind = verdict.status === 'taken-on' && verdict.unmatched !== 0 ? 'unmatched' : verdict.status;
  sums.add(kind, 'loan' in item ? (item.loan as object) : undefined);
  return verdict;
}
