import { reconciliationViewSchema } from '@pledgeonce/chaincode/reconciliations/api.js';
import { date } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { templateHeadings } from '../reconciliations/book-columns.js';
import type { ApiContext } from './context.js';
import { differencesTable } from './difference-table.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { Problem } from './problem.js';
import { bookTypes, postReconciliation } from './post-reconciliation.js';
import { differencePage, differenceSchema, resultLines } from './http/result-lines.js';
import { sendLines } from './http/send-lines.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const readers = {
  kinds: ['bank', 'regulator'],
  roles: readerRoles,
} as const;
const ofBank = { ...readers, kinds: ['bank'] } as const;
const templateSchema = z.strictObject({ columns: z.array(z.string()) });

/** What a day means to a bank: it ends at midnight of its own clock. */
const offset = z
  .string()
  .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'Write the offset from UTC as +08:00.')
  .default('+00:00');

/** Month's end: a bank's book against the registry's, as of a day. */
export function reconciliationEndpoints(context: ApiContext): Endpoint[] {
  return [
    compareBook(context),
    ...(['en', 'zh'] as const).map((language) => template(language)),
    listReconciliations(context),
    getReconciliation(context),
    listDifferences(context),
    getResult(context),
  ];
}

function compareBook(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/reconciliations',
    tag: 'reconciliations',
    summary:
      'Compare the bank’s own book with the registry’s as of a day: a table as CSV or Excel, or lines of JSON',
    access: 'recordReconciliation',
    writes: true,
    query: z.object({ asOf: date, utcOffset: offset }),
    streams: bookTypes,
    answers: {
      201: {
        description: 'On record, with the first differences; all are at `/reconciliations/{id}/differences`',
        schema: z.strictObject({
          ...reconciliationViewSchema.shape,
          ...transactionId,
          ignoredColumns: z.array(z.string()),
          ...pageOf(differenceSchema).shape,
        }),
      },
      202: { description: 'The outcome is not known yet: ask at the address in `Location`' },
    },
    handle: (call, request) => postReconciliation(context, call, request),
  });
}

function getReconciliation(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/reconciliations/{id}',
    tag: 'reconciliations',
    summary: 'A reconciliation: who made it, and what it came to',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The reconciliation', schema: reconciliationViewSchema } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await found(context, id) }),
  });
}

function getResult(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/reconciliations/{id}/result',
    tag: 'reconciliations',
    summary: 'The whole result as lines of JSON; its SHA-256 is on the ledger as `result`',
    access: ofBank,
    params: idParams,
    answers: {
      200: {
        description: 'What was compared, each difference, and what they come to',
        schema: z.string(),
        contentType: 'application/x-ndjson',
      },
    },
    handle: async ({ params: { id } }, _request, response) => {
      const { result } = await found(context, id);
      await sendLines(response, (from, most) => resultLines(context, result, from, most));
      return undefined;
    },
  });
}

function template(language: 'en' | 'zh'): Endpoint {
  const columns = templateHeadings(language);
  return endpoint({
    method: 'get',
    path: language === 'en' ? '/reconciliations/template' : '/reconciliations/template-zh',
    tag: 'reconciliations',
    summary: `The columns of a book with ${language === 'en' ? 'English' : 'Chinese'} headings; as CSV a table to fill in`,
    access: ofBank,
    csv: { file: 'book', columns, rows: () => [] },
    answers: { 200: { description: 'The headings', schema: templateSchema } },
    handle: () => Promise.resolve({ status: 200, body: { columns } }),
  });
}

function listReconciliations({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/reconciliations',
    tag: 'reconciliations',
    summary: 'Who has reconciled when, and how much was open: the own ones, the regulator’s of all banks',
    access: readers,
    query: z.object({
      bank: z.string().max(64).optional(),
      verdict: z.enum(['agreed', 'open']).optional(),
      ...page,
    }),
    csv: listTable('reconciliations', reconciliationViewSchema),
    answers: { 200: { description: 'A page, the latest first', schema: pageOf(reconciliationViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      const own = ownBank(caller);
      const { bank, verdict: category, ...rest } = query;
      return { status: 200, body: projection.reconciliations.list({ ...rest, bank: own ?? bank, category }) };
    },
  });
}

function listDifferences(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/reconciliations/{id}/differences',
    tag: 'reconciliations',
    summary: 'In what the book and the registry differed, side by side',
    access: ofBank,
    params: idParams,
    query: z.object(page),
    csv: differencesTable,
    answers: { 200: { description: 'A page', schema: pageOf(differenceSchema) } },
    handle: async ({ params: { id }, query: { cursor, limit } }) => {
      const { result } = await found(context, id);
      return { status: 200, body: await differencePage(context, result, cursor, limit) };
    },
  });
}

async function found({ projection, follower }: ApiContext, id: string) {
  await follower.caughtUp();
  const one = projection.reconciliations.get(id);
  if (one === undefined) throw new Problem('RECONCILIATION_NOT_FOUND');
  return one;
}

/** A bank's tables hold its own only; to the regulator those of all belong. */
function ownBank({ session: { person } }: Caller): string | undefined {
  return person.kind === 'bank' ? person.mspId : undefined;
}
