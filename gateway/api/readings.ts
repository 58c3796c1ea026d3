import type { Request, Response } from 'express';
import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { SignedOutError } from '../ledger/errors.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { itemNotes, notesOf } from './item-notes.js';
import { refused } from './judge-item.js';
import { Problem } from './problem.js';
import { importTypes, readImport } from './read-import.js';
import type { ImportItem } from './read-import.js';
import { Answers } from './http/streamed-answers.js';
import { leaveBody, streamedBody } from './http/streamed-body.js';
import { readerRoles } from './reader-roles.js';

/** How often somebody is asked for who may have been cut off meanwhile, in papers. */
const askEvery = 100;

const readingSchema = z.strictObject({
  index: z.number().int(),
  status: z.enum(['read', 'refused']),
  document: factInputSchema.optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  ...itemNotes,
});
type Reading = z.infer<typeof readingSchema>;

/** What stands in papers that somebody holds, so that nobody has to type it: nothing is asked, and nothing recorded. */
export function readingEndpoints(context: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/facts/readings',
      tag: 'facts',
      summary:
        'Read invoices, declarations, waybills and tables, in the formats of an import; nothing is recorded',
      access: { roles: readerRoles },
      streams: importTypes,
      answers: {
        200: {
          description: 'What each says, or why it cannot be read, one line per paper, as they come',
          schema: readingSchema,
          contentType: 'application/x-ndjson',
        },
      },
      handle: async ({ caller }, request, response) => {
        await readAndAnswer(context, caller, request, response);
        return undefined;
      },
    }),
  ];
}

async function readAndAnswer(
  { ongoing, limits, mayAct, sessions }: ApiContext,
  { session }: Caller,
  request: Request,
  response: Response,
): Promise<void> {
  const mediaType = importTypes.find((type) => request.is(type) !== false);
  if (mediaType === undefined) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  const going = ongoing.begin(session);
  const body = streamedBody(request, going.signal);
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const items = readImport(body, mediaType, {
    contentType: request.headers['content-type'] ?? mediaType,
    itemBytes: limits.importItemBytes,
    // A bank is handed what its customer has printed; whose record of the sale it asks for it chooses itself.
    invoiceType: session.person.kind === 'tax' ? 'tax-invoice' : 'commercial-invoice',
    numberingPeriod: undefined,
  });
  const answers = new Answers<Reading>(response, gone.signal);
  let index = 0;
  try {
    for await (const item of items) {
      if (gone.signal.aborted) return;
      if (index % askEvery === 0 && mayAct(session, 'import') !== undefined) {
        sessions.end(session.id);
        throw new SignedOutError();
      }
      await answers.add(Promise.resolve(readingOf(item, index++)));
    }
  } catch (error) {
    // Without a single paper the request as a whole is wrong; later, the break is the verdict on what follows.
    if (index === 0) throw error;
    await answers.add(Promise.resolve(asReading(refused(index, error))));
  } finally {
    going.done();
    leaveBody(request, body);
  }
  await answers.end();
}

function readingOf(item: ImportItem, index: number): Reading {
  if (!('fact' in item)) return { index, status: 'refused', ...item };
  try {
    return { index, status: 'read', document: factInputSchema.parse(item.fact), ...notesOf(item) };
  } catch (error) {
    return { ...asReading(refused(index, error)), ...notesOf(item) };
  }
}

function asReading({ index, code, detail, field }: ReturnType<typeof refused>): Reading {
  return { index, status: 'refused', code, detail, ...(field !== undefined && { field }) };
}
