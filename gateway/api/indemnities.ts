import {
  indemnityInputs,
  indemnityStates,
  indemnityViewSchema,
} from '@pledgeonce/chaincode/insurance/indemnities/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...indemnityViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['insurer', 'bank', 'regulator'],
  roles: readerRoles,
} as const;

/** What the insurer has paid to a bank: a repayment by an indemnity quotes one. */
export function indemnityEndpoints(context: ApiContext): Endpoint[] {
  return [confirmIndemnity, withdrawIndemnity, listIndemnities, getIndemnity].map((make) => make(context));
}

function confirmIndemnity({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/indemnities',
    tag: 'insurance',
    summary: 'Confirm as the insurer what was paid to the bank to which the proceeds are assigned',
    access: 'confirmIndemnity',
    writes: true,
    body: indemnityInputs.confirmIndemnity.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Confirmed', schema: changed } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      const made = await ledger.submit(caller.signatory, 'confirmIndemnity', input);
      return created(made, `/api/v1/indemnities/${made.output.id}`);
    },
  });
}

function withdrawIndemnity({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/indemnities/{id}/withdrawal',
    tag: 'insurance',
    summary: 'Take back, as a second person, what was confirmed by mistake and no repayment quotes',
    access: 'withdrawIndemnity',
    writes: true,
    params: idParams,
    body: indemnityInputs.withdrawIndemnity.omit({ id: true }),
    answers: { 200: { description: 'Withdrawn', schema: changed } },
    handle: async ({ params, body, caller }) => {
      const input = { ...body, ...params };
      return carriedOut(await ledger.submit(caller.signatory, 'withdrawIndemnity', input));
    },
  });
}

function listIndemnities({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/indemnities',
    tag: 'insurance',
    summary: 'Indemnities of the organisation, the latest first, with what no repayment quotes yet',
    access: readers,
    query: z.object({
      state: z.enum(indemnityStates).optional(),
      bank: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('indemnities', indemnityViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(indemnityViewSchema) } },
    handle: async ({ query }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.indemnities.list(query) };
    },
  });
}

function getIndemnity({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/indemnities/{id}',
    tag: 'insurance',
    summary: 'An indemnity',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The indemnity', schema: indemnityViewSchema } },
    handle: async ({ params: { id } }) => {
      await follower.caughtUp();
      const found = projection.indemnities.get(id);
      if (found === undefined) throw new Problem('INDEMNITY_NOT_FOUND');
      return { status: 200, body: found };
    },
  });
}
