import {
  factInputSchema,
  factStatusSchema,
  factTypes,
  factViewSchema,
  inputSchemas,
  limits as ledgerLimits,
  outputSchemas,
} from '@pledgeonce/chaincode/api.js';
import type { FactView } from '@pledgeonce/chaincode/api.js';
import { nearDuplicateInputs, nearDuplicateOutputs } from '@pledgeonce/chaincode/near-duplicates/api.js';
import { z } from 'zod';
import { carriedOut } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { ownView } from './own-view.js';
import { readable, readableHistorySchema } from './readable-history.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const checkedPair = z.strictObject({
  ...nearDuplicateOutputs.checkNearDuplicate.shape,
  ...transactionId,
});
const recorded = z.strictObject({ ...factViewSchema.shape, ...transactionId });

/** Trade documents, as their authority keeps them. */
export function factEndpoints(context: ApiContext): Endpoint[] {
  return [
    recordFact,
    previewChange,
    amendFact,
    cancelFact,
    confirmFactStep,
    returnFactStep,
    listFacts,
    getFact,
    checkNearDuplicate,
    getFactHistory,
  ].map((make) => make(context));
}

function recordFact({ facts }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts',
    tag: 'facts',
    summary: 'Record a document',
    access: 'recordFacts',
    writes: true,
    body: factInputSchema,
    answers: { 201: { description: 'Recorded', schema: recorded } },
    handle: async ({ body, caller }) => {
      const { session, signatory } = caller;
      const { view, transactionId } = await facts.place(session.person.id, signatory, body);
      return { status: 201, body: { ...view, transactionId }, location: `/api/v1/facts/${view.id}` };
    },
  });
}

function amendFact({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'patch',
    path: '/facts/{id}',
    tag: 'facts',
    summary: 'Amend a document; every version is kept',
    access: 'amendFact',
    writes: true,
    params: idParams,
    body: inputSchemas.amendFact.omit({ id: true }),
    answers: { 200: { description: 'Amended', schema: recorded } },
    handle: async ({ params, body, caller }) => {
      return carriedOut(
        await ledger.submit(caller.signatory, 'amendFact', {
          ...body,
          ...params,
        }),
      );
    },
  });
}

function previewChange({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts/{id}/change-preview',
    tag: 'facts',
    summary:
      'What an amendment, or without changes a cancellation, would leave overdrawn; nothing is changed',
    access: 'previewFactChange',
    params: idParams,
    body: inputSchemas.previewFactChange.omit({ id: true }),
    answers: { 200: { description: 'How many, and by how much', schema: outputSchemas.previewFactChange } },
    handle: async ({ params, body, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'previewFactChange', { ...body, ...params }),
    }),
  });
}

function cancelFact({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts/{id}/cancellation',
    tag: 'facts',
    summary: 'Cancel a document',
    access: 'cancelFact',
    writes: true,
    params: idParams,
    body: inputSchemas.cancelFact.omit({ id: true }),
    answers: { 200: { description: 'Cancelled', schema: recorded } },
    handle: async ({ params, body, caller }) => {
      return carriedOut(
        await ledger.submit(caller.signatory, 'cancelFact', {
          ...body,
          ...params,
        }),
      );
    },
  });
}

function confirmFactStep({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts/{id}/awaiting/confirmation',
    tag: 'facts',
    summary: 'Confirm the amendment or cancellation that waits; another person than its proposer',
    access: 'confirmFactStep',
    writes: true,
    params: idParams,
    answers: { 200: { description: 'Done as it was proposed', schema: recorded } },
    handle: async ({ params, caller }) => {
      return carriedOut(await ledger.submit(caller.signatory, 'confirmFactStep', params));
    },
  });
}

function returnFactStep({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts/{id}/awaiting/return',
    tag: 'facts',
    summary: 'Return the change that waits with a reason, or take it back',
    access: 'returnFactStep',
    writes: true,
    params: idParams,
    body: inputSchemas.returnFactStep.omit({ id: true }),
    answers: { 200: { description: 'Returned', schema: recorded } },
    handle: async ({ params, body, caller }) => {
      const input = { ...body, ...params };
      return carriedOut(await ledger.submit(caller.signatory, 'returnFactStep', input));
    },
  });
}

function listFacts(context: ApiContext): Endpoint {
  const { projection, follower } = context;
  return endpoint({
    method: 'get',
    path: '/facts',
    tag: 'facts',
    summary: 'Documents that the organisation may read, the latest first',
    access: 'readFact',
    query: z.strictObject({
      type: z.enum(factTypes).optional(),
      status: factStatusSchema.optional(),
      number: z.string().max(80).optional(),
      ...page,
    }),
    csv: listTable('documents', factViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(factViewSchema) } },
    handle: async ({ query, caller }) => {
      const { enterprise } = ownView(caller);
      await follower.caughtUp();
      if (query.type !== undefined || query.number !== undefined) {
        await learnUnread(context, caller, enterprise);
      }
      const { ids, next } = projection.facts.list({ ...query, enterprise });
      return { status: 200, body: { items: await readPage(context, caller, ids), next } };
    },
  });
}

function getFact({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/facts/{id}',
    tag: 'facts',
    summary: 'A document',
    access: 'readFact',
    params: idParams,
    answers: { 200: { description: 'The document', schema: factViewSchema } },
    handle: async ({ params, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readFact', params),
    }),
  });
}

function checkNearDuplicate({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/facts/{id}/near-duplicates/{other}/check',
    tag: 'facts',
    summary:
      'Say, as a second person, what was found when both papers of a near-duplicate alert were looked at',
    access: 'checkNearDuplicate',
    writes: true,
    params: idParams.extend({ other: idParams.shape.id }),
    body: nearDuplicateInputs.checkNearDuplicate.pick({ remark: true }),
    answers: { 200: { description: 'The pair, with the mark', schema: checkedPair } },
    handle: async ({ params, body, caller }) => {
      const input = { ...params, ...body };
      return carriedOut(await ledger.submit(caller.signatory, 'checkNearDuplicate', input));
    },
  });
}

function getFactHistory({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/facts/{id}/history',
    tag: 'facts',
    summary: 'Every version of a document',
    access: 'readFactHistory',
    params: idParams,
    answers: { 200: { description: 'Versions', schema: readableHistorySchema } },
    handle: async ({ params, caller }) => ({
      status: 200,
      body: readable(await ledger.evaluate(caller.signatory, 'readFactHistory', params)),
    }),
  });
}

/** The list knows ids; what they say, and whether this person may see it, is the ledger's to tell, in one call. */
async function readPage(
  { ledger }: Pick<ApiContext, 'ledger'>,
  { signatory }: Caller,
  ids: readonly string[],
): Promise<FactView[]> {
  if (ids.length === 0) return [];
  const { facts } = await ledger.evaluate(signatory, 'readFacts', { ids: [...ids] });
  return facts.filter((fact) => fact !== null);
}

/**
 * Asks, once for each document, for the type and the number that the tables lack, so that they filter before a page is cut.
 * A document that this person may not see is left to somebody who may.
 */
async function learnUnread(
  context: Pick<ApiContext, 'ledger' | 'projection'>,
  caller: Caller,
  enterprise: string | undefined,
): Promise<void> {
  const { facts } = context.projection;
  for (;;) {
    const unread = facts.unread(ledgerLimits.factsPerReading, enterprise);
    const read = await readPage(context, caller, unread);
    for (const { id, type, number } of read) facts.learn(id, type, number);
    if (read.length === 0) return;
  }
}
