import {
  assignmentStates,
  assignmentViewSchema,
  coverUseSchema,
  insuranceInputs,
} from '@pledgeonce/chaincode/insurance/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { asking } from './keep-question.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...assignmentViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['enterprise', 'insurer', 'bank', 'regulator'],
  roles: readerRoles,
} as const;

/** Which bank an insurer pays what becomes due under a policy for a buyer, and how much of its cover is in use. */
export function assignmentEndpoints(context: ApiContext): Endpoint[] {
  return [
    proposeAssignment,
    confirmAssignment,
    releaseAssignment,
    listAssignments,
    getAssignment,
    getCoverUse,
  ].map((make) => make(context));
}

function proposeAssignment(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: '/assignments',
    tag: 'insurance',
    summary: 'Propose to assign the proceeds of the policy behind one of the own buyer limits to a bank',
    access: 'proposeAssignment',
    writes: true,
    body: insuranceInputs.proposeAssignment.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Proposed', schema: changed } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      const limit = { type: 'buyer-limit', number: body.limit } as const;
      const made = await asking(context, caller, 'assignment', limit, () =>
        ledger.submit(caller.signatory, 'proposeAssignment', input),
      );
      return created(made, `/api/v1/assignments/${made.output.id}`);
    },
  });
}

function confirmAssignment({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/assignments/{id}/confirmation',
    tag: 'insurance',
    summary: 'Confirm an assignment as the insurer: the bank is then the one assignee for policy and buyer',
    access: 'confirmAssignment',
    writes: true,
    params: idParams,
    answers: { 200: { description: 'Live', schema: changed } },
    handle: async ({ params, caller }) => {
      return carriedOut(await ledger.submit(caller.signatory, 'confirmAssignment', params));
    },
  });
}

function releaseAssignment({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/assignments/{id}/release',
    tag: 'insurance',
    summary: 'End an assignment or a proposal, once no claim of the bank is on the limit',
    access: 'releaseAssignment',
    writes: true,
    params: idParams,
    body: insuranceInputs.releaseAssignment.omit({ id: true }),
    answers: { 200: { description: 'Released', schema: changed } },
    handle: async ({ params, body, caller }) => {
      const input = { ...body, ...params };
      return carriedOut(await ledger.submit(caller.signatory, 'releaseAssignment', input));
    },
  });
}

function listAssignments({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/assignments',
    tag: 'insurance',
    summary: 'Assignments to which the organisation is a party, the latest first',
    access: readers,
    query: z.strictObject({
      state: z.enum(assignmentStates).optional(),
      bank: z.string().max(64).optional(),
      enterprise: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('assignments', assignmentViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(assignmentViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.assignments.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function getAssignment({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/assignments/{id}',
    tag: 'insurance',
    summary: 'An assignment',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The assignment', schema: assignmentViewSchema } },
    handle: async ({ params: { id }, caller }) => {
      await follower.caughtUp();
      const found = projection.assignments.get(id);
      const { enterprise } = ownView(caller);
      if (found === undefined || (enterprise !== undefined && found.enterprise.id !== enterprise)) {
        throw new Problem('ASSIGNMENT_NOT_FOUND');
      }
      return { status: 200, body: found };
    },
  });
}

function getCoverUse({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/facts/{id}/use',
    tag: 'insurance',
    summary: 'How much of a buyer limit or declared shipment is in use, bank by bank',
    access: 'readCoverUse',
    params: idParams,
    answers: { 200: { description: 'The use', schema: coverUseSchema } },
    handle: async ({ params, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readCoverUse', params),
    }),
  });
}
