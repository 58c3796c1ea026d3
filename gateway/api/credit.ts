import {
  creditCategorySchema,
  creditInputs,
  creditOutputs,
  creditQueryViewSchema,
  creditRecordViewSchema,
} from '@pledgeonce/chaincode/credit/api.js';
import type { Output } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { Signatory } from '../ledger/signatory.js';
import { created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { isProblemCode } from './errors.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const report = z.strictObject({ ...creditOutputs.readCreditReport.shape, ...transactionId });
const queryFilter = z.strictObject({
  state: z.enum(['asked', 'allowed', 'refused']).optional(),
  bank: z.string().max(64).optional(),
  enterprise: z.string().max(64).optional(),
  ...page,
});
const logReaders = {
  kinds: ['enterprise', 'bank', 'regulator'],
  roles: readerRoles,
} as const;
const regulatorsReaders = {
  kinds: ['regulator'],
  roles: readerRoles,
} as const;

/** Credit records, and the queries of banks that were authorised. */
export function creditEndpoints(context: ApiContext): Endpoint[] {
  return [recordCredit, listCreditRecords, queryCredit, listCreditQueries, getCreditQuery].map((make) =>
    make(context),
  );
}

function recordCredit({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/credit-records',
    tag: 'credit',
    summary: 'Record what is known of an enterprise in one category; every version is kept',
    access: 'recordCredit',
    writes: true,
    body: creditInputs.recordCredit,
    answers: {
      201: {
        description: 'Recorded',
        schema: z.strictObject({ ...creditRecordViewSchema.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return created(await ledger.submit(caller.signatory, 'recordCredit', body));
    },
  });
}

function listCreditRecords({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/credit-records',
    tag: 'credit',
    summary: 'Credit records, the latest first',
    access: regulatorsReaders,
    query: z.strictObject({
      enterprise: z.string().max(64).optional(),
      category: creditCategorySchema.optional(),
      ...page,
    }),
    csv: listTable('credit-records', creditRecordViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(creditRecordViewSchema) } },
    handle: async ({ query: { category, ...query } }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.creditRecords.list({ ...query, state: category }) };
    },
  });
}

function queryCredit({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/credit-queries',
    tag: 'credit',
    summary: 'Query an enterprise’s records under its authorisation; refused or not, the query is on the log',
    access: 'queryCredit',
    writes: true,
    body: creditInputs.queryCredit.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'What the query opened', schema: report } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      // The question is on the log before it is answered.
      await ledger.submit(caller.signatory, 'queryCredit', input);
      const { output, transactionId } = await ledger.submit(caller.signatory, 'queryCredit', input);
      if (output.state === 'refused') throw refusalOf(output);
      const opened = await readReport(ledger, caller.signatory, output.id);
      return {
        status: 201,
        body: { ...opened, transactionId },
        location: `/api/v1/credit-queries/${output.id}`,
      };
    },
  });
}

function listCreditQueries({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/credit-queries',
    tag: 'credit',
    summary:
      'The log: for a bank its own queries, for an enterprise those about it or under its authorisation, for the regulator all',
    access: logReaders,
    query: queryFilter,
    csv: listTable('credit-queries', creditQueryViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(creditQueryViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return {
        status: 200,
        body: projection.creditQueries.list({ ...query, concerning: ownView(caller).enterprise }),
      };
    },
  });
}

function getCreditQuery({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/credit-queries/{id}',
    tag: 'credit',
    summary: 'What an allowed query opened, once more: the records as they were then',
    access: 'readCreditReport',
    params: idParams,
    answers: { 200: { description: 'The report', schema: creditOutputs.readCreditReport } },
    handle: async ({ params: { id }, caller }) => ({
      status: 200,
      body: await readReport(ledger, caller.signatory, id),
    }),
  });
}

function refusalOf({ code, detail }: Output<'queryCredit'>): Problem {
  if (code === undefined || !isProblemCode(code))
    throw new TypeError(`A query was refused with ${String(code)}.`);
  return new Problem(code, { detail });
}

function readReport(
  ledger: ApiContext['ledger'],
  signatory: Signatory,
  query: string,
): Promise<Output<'readCreditReport'>> {
  return ledger.evaluate(signatory, 'readCreditReport', { query });
}
