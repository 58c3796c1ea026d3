import { once } from 'node:events';
import type { Response } from 'express';
import { kindOf } from '@pledgeonce/chaincode/permissions.js';
import { numberingPeriod } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { itemNotes, notesOf } from './item-notes.js';
import { Problem, toProblem } from './problem.js';
import { importTypes, readImport } from './read-import.js';
import type { ImportItem } from './read-import.js';

/** Items that may be on their way at once; what bounds the memory of an import of any length. */
const window = 400;

const verdictSchema = z.strictObject({
  index: z.number().int(),
  status: z.enum(['recorded', 'refused']),
  id: z.string().optional(),
  transactionId: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  ...itemNotes,
});
type Verdict = z.infer<typeof verdictSchema>;

const importQuery = z.strictObject({
  /** For invoices as XML or PDF of an issuer that restarts its numbers: the period in which it gave those of this import. */
  numberingPeriod: numberingPeriod.optional(),
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
          description: 'One verdict per line, in the order of the items',
          schema: verdictSchema,
          contentType: 'application/x-ndjson',
        },
      },
      handle: async ({ caller, query }, request, response) => {
        const mediaType = importTypes.find((type) => request.is(type) !== false);
        if (mediaType === undefined) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
        const items = readImport(request, mediaType, {
          contentType: request.headers['content-type'] ?? mediaType,
          itemBytes: context.limits.importItemBytes,
          // Who imports decides whose record of a sale it is.
          invoiceType:
            kindOf(caller.session.person.mspId) === 'enterprise' ? 'commercial-invoice' : 'tax-invoice',
          numberingPeriod: query.numberingPeriod,
        });
        await answerEach(context, caller, items, response);
        return undefined;
      },
    }),
  ];
}

async function answerEach(
  context: ApiContext,
  caller: Caller,
  items: AsyncGenerator<ImportItem>,
  response: Response,
): Promise<void> {
  const underWay: Promise<Verdict>[] = [];
  let index = 0;
  const answerFirst = async () => {
    const verdict = await underWay.shift();
    if (!response.headersSent) response.status(200).type('application/x-ndjson');
    // The client decides the pace: while it does not read, nothing more is read from it.
    if (!response.write(`${JSON.stringify(verdict)}\n`)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  };
  try {
    for await (const item of items) {
      underWay.push(judge(context, caller, item, index++));
      if (underWay.length >= window) await answerFirst();
      if (response.destroyed) break;
    }
  } catch (error) {
    // Without a single item the request as a whole is wrong; later, the break is the verdict on what follows.
    if (index === 0) throw error;
    const { code, message } = toProblem(error);
    underWay.push(Promise.resolve({ index, status: 'refused', code, detail: message }));
  }
  while (underWay.length > 0 && !response.destroyed) await answerFirst();
  if (!response.headersSent) response.status(200).type('application/x-ndjson');
  response.end();
}

async function judge(
  { facts }: ApiContext,
  { session, signatory }: Caller,
  item: ImportItem,
  index: number,
): Promise<Verdict> {
  if (!('fact' in item)) return { index, status: 'refused', ...item };
  const notes = notesOf(item);
  try {
    const { view, transactionId } = await facts.place(session.id, signatory, item.fact);
    return { index, status: 'recorded', id: view.id, transactionId, ...notes };
  } catch (error) {
    const { code, message, details } = toProblem(error);
    return {
      index,
      status: 'refused',
      code,
      detail: message,
      ...(details.field === undefined ? {} : { field: details.field }),
      ...notes,
    };
  }
}
