import type { Response } from 'express';
import { numberingPeriod } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { SignedOutError } from '../ledger/errors.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { verdictSchema } from './import-verdicts.js';
import type { Import } from './judge-item.js';
import { judgeItem, refused } from './judge-item.js';
import { ofToday, PastLoad } from './past-load.js';
import { Problem } from './problem.js';
import { importTypes, readImport } from './read-import.js';
import type { ImportItem } from './read-import.js';
import { Answers } from './http/streamed-answers.js';
import { leaveBody, streamedBody } from './http/streamed-body.js';

/** How often somebody is asked for who may have been cut off meanwhile, in items. */
const askEvery = 100;

const importQuery = z.strictObject({
  /** For invoices as XML or PDF of an issuer that restarts its numbers: the period in which it gave those of this import. */
  numberingPeriod: numberingPeriod.optional(),
  /** The items are an authority's past: amendments and cancellations may stand among the documents, in any order. */
  past: z.enum(['true']).optional(),
});

/** Many documents at once, with a verdict on each, streamed in both directions. */
export function importEndpoints(context: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/facts/import',
      tag: 'facts',
      summary:
        'Record many documents: lines of JSON, an array, a table as CSV or Excel, an invoice, waybill or declaration as XML, an invoice as PDF, an electronic bill of lading, or several such files as an archive or a form',
      access: 'recordFacts',
      writes: true,
      query: importQuery,
      streams: importTypes,
      answers: {
        200: {
          description: 'One verdict per line, in the order of the items, as they come',
          schema: verdictSchema,
          contentType: 'application/x-ndjson',
        },
      },
      handle: async ({ caller, key, query }, request, response) => {
        const mediaType = importTypes.find((type) => request.is(type) !== false);
        if (mediaType === undefined) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
        const { session } = caller;
        const going = context.ongoing.begin(session);
        const body = streamedBody(request, going.signal);
        const items = readImport(body, mediaType, {
          contentType: request.headers['content-type'] ?? mediaType,
          itemBytes: context.limits.importItemBytes,
          // Who imports decides whose record of a sale it is.
          invoiceType: session.person.kind === 'enterprise' ? 'commercial-invoice' : 'tax-invoice',
          numberingPeriod: query.numberingPeriod,
        });
        await context.importVerdicts.begin(session.person.id, key);
        const kept = context.importVerdicts.under(session.person.id, key);
        const mayGoOn = () => {
          if (context.mayAct(session, 'import') === undefined) return true;
          context.sessions.end(session.id);
          return false;
        };
        try {
          await answerEach({ context, caller, kept }, items, query.past === 'true', mayGoOn, response);
        } finally {
          going.done();
          leaveBody(request, body);
          await context.importVerdicts.end(session.person.id, key);
        }
        return undefined;
      },
    }),
    lastImport(context),
  ];
}

function lastImport({ importVerdicts }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/facts/import/latest',
    tag: 'facts',
    summary: 'What became of one’s own last import, and the first hundred of what was refused in it',
    access: 'recordFacts',
    answers: {
      200: {
        description: 'Absent once it is forgotten, or where there was none',
        schema: z.strictObject({
          last: z
            .strictObject({
              at: z.iso.datetime(),
              recorded: z.number().int(),
              refused: z.number().int(),
              items: z.array(verdictSchema),
            })
            .optional(),
        }),
      },
    },
    handle: async ({ caller }) => {
      const last = await importVerdicts.lastOf(caller.session.person.id);
      const shown = last && { ...last, at: last.at.toISOString(), items: [...last.items] };
      return { status: 200, body: shown === undefined ? {} : { last: shown } };
    },
  });
}

async function answerEach(
  work: Import,
  items: AsyncGenerator<ImportItem>,
  isPast: boolean,
  mayGoOn: () => boolean,
  response: Response,
): Promise<void> {
  const gone = new AbortController();
  const leave = () => {
    gone.abort();
  };
  response.once('close', leave);
  response.on('error', leave);
  if (response.closed) return;
  const answers = new Answers(response, gone.signal);
  const load = new PastLoad(work);
  let index = 0;
  try {
    for await (const item of items) {
      if (gone.signal.aborted) return;
      if (index % askEvery === 0 && !mayGoOn()) throw new SignedOutError();
      const place = index++;
      const verdict = isPast ? load.take(item, place) : judgeItem(work, ofToday(item), place);
      await answers.add(verdict.catch((error: unknown) => refused(place, error)));
    }
    if (isPast) {
      await answers.idle();
      for await (const { verdict } of load.rest()) {
        if (gone.signal.aborted) return;
        if (!mayGoOn()) throw new SignedOutError();
        await answers.add(verdict);
      }
    }
  } catch (error) {
    // Without a single item the request as a whole is wrong; later, the break is the verdict on what follows.
    if (index === 0) throw error;
    await answers.add(Promise.resolve(refused(index, error)));
  }
  await answers.end();
}
