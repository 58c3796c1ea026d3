import { randomBytes } from 'node:crypto';
import { commitmentOf } from '@pledgeonce/chaincode/rules/offer-commitment.js';
import {
  offerInputs,
  offerViewSchema,
  requestStates,
  requestViewSchema,
  termsSchema,
} from '@pledgeonce/chaincode/offers/api.js';
import type { RequestView } from '@pledgeonce/chaincode/offers/api.js';
import { checkTerms } from '@pledgeonce/chaincode/rules/offer-terms.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changedRequest = z.strictObject({ ...requestViewSchema.shape, ...transactionId });
const changedOffer = z.strictObject({ ...offerViewSchema.shape, ...transactionId });
/** An offer beside what its bank has made of the tenders that it won before. */
const offerWithRecord = z.strictObject({
  ...offerViewSchema.shape,
  record: z.strictObject({
    /** Tenders in which the bank was chosen, those that it let go included. */
    won: z.number().int(),
    /** How often it was chosen and then did not go through with its claim. */
    letGo: z.number().int(),
  }),
});
const readers = {
  kinds: ['enterprise', 'bank', 'regulator'],
  roles: readerRoles,
} as const;

/** An enterprise's needs, and the offers of the banks that it asked. */
export function financingRequestEndpoints(context: ApiContext): Endpoint[] {
  return [
    postFinancingRequest,
    listFinancingRequests,
    getFinancingRequest,
    withdrawFinancingRequest,
    sealOffer,
    listOffers,
  ].map((make) => make(context));
}

function postFinancingRequest({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/financing-requests',
    tag: 'matchmaking',
    summary: 'Ask banks for offers until a deadline',
    access: 'postRequest',
    writes: true,
    body: offerInputs.postRequest.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Posted', schema: changedRequest } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      const made = await ledger.submit(caller.signatory, 'postRequest', input);
      return created(made, `/api/v1/financing-requests/${made.output.id}`);
    },
  });
}

function listFinancingRequests({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/financing-requests',
    tag: 'matchmaking',
    summary: 'Requests posted or received, the latest first',
    access: readers,
    query: z.strictObject({ state: z.enum(requestStates).optional(), ...page }),
    csv: listTable('financing-requests', requestViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(requestViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.requests.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function getFinancingRequest(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/financing-requests/{id}',
    tag: 'matchmaking',
    summary: 'A request',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The request', schema: requestViewSchema } },
    handle: async ({ params: { id }, caller }) => ({
      status: 200,
      body: await findRequest(context, caller, id),
    }),
  });
}

function withdrawFinancingRequest({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/financing-requests/{id}/withdrawal',
    tag: 'matchmaking',
    summary: 'Give a request up; all offers lapse',
    access: 'withdrawRequest',
    writes: true,
    params: idParams,
    body: offerInputs.withdrawRequest.omit({ id: true, idempotencyKey: true }),
    answers: { 200: { description: 'Withdrawn', schema: changedRequest } },
    handle: async ({ params: { id }, body, key, caller }) => {
      const input = { ...body, id, idempotencyKey: key };
      return carriedOut(await ledger.submit(caller.signatory, 'withdrawRequest', input));
    },
  });
}

function sealOffer(context: ApiContext): Endpoint {
  const { ledger, keptOffers, organisation } = context;
  return endpoint({
    method: 'post',
    path: '/financing-requests/{id}/offers',
    tag: 'matchmaking',
    summary: 'Make a sealed offer; until the deadline a new one replaces it',
    access: 'sealOffer',
    writes: true,
    params: idParams,
    body: termsSchema,
    answers: {
      201: { description: 'Sealed; this gateway opens it after the deadline', schema: changedOffer },
    },
    handle: async ({ params: { id }, body: terms, caller }) => {
      checkTerms(terms, await findRequest(context, caller, id));
      const salt = randomBytes(32).toString('base64');
      const commitment = commitmentOf(id, organisation.mspId, salt, terms);
      // On disk before anybody hears of the commitment: an offer that nobody can open would be lost.
      await keptOffers.keep(id, commitment, { salt, terms });
      const input = { request: id, commitment };
      const { output, transactionId } = await ledger.submit(caller.signatory, 'sealOffer', input);
      return {
        status: 201,
        body: { ...output, terms, transactionId },
        location: `/api/v1/offers/${output.id}`,
      };
    },
  });
}

function listOffers(context: ApiContext): Endpoint {
  const { projection } = context;
  return endpoint({
    method: 'get',
    path: '/financing-requests/{id}/offers',
    tag: 'matchmaking',
    summary:
      'The offers on a request, and how often their banks have let go of one that was chosen: for the enterprise those that are open, for a bank its own',
    access: readers,
    params: idParams,
    query: z.strictObject(page),
    csv: listTable('offers', offerWithRecord),
    answers: { 200: { description: 'A page', schema: pageOf(offerWithRecord) } },
    handle: async ({ params: { id }, query, caller }) => {
      await findRequest(context, caller, id);
      const { items, ...page } = projection.offers.list({ ...query, parent: id });
      const withRecord = items.map((offer) => ({ ...offer, record: recordOf(context, offer.bank) }));
      return { status: 200, body: { ...page, items: withRecord } };
    },
  });
}

/** What a bank has made of the tenders that it won, as far as this organisation may know of them. */
function recordOf({ projection }: ApiContext, bank: string): z.infer<typeof offerWithRecord>['record'] {
  const states = projection.offers.statesOf(bank);
  const letGo = states.get('let-go') ?? 0;
  return { won: (states.get('accepted') ?? 0) + letGo, letGo };
}

/** @throws Problem REQUEST_NOT_FOUND, also for another enterprise's. */
export async function findRequest(
  { projection, follower }: ApiContext,
  caller: Caller,
  id: string,
): Promise<RequestView> {
  await follower.caughtUp();
  const found = projection.requests.get(id);
  const { enterprise } = ownView(caller);
  if (found === undefined || (enterprise !== undefined && found.enterprise.id !== enterprise)) {
    throw new Problem('REQUEST_NOT_FOUND');
  }
  return found;
}
