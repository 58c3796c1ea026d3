import {
  authorisationInputs,
  authorisationStates,
  authorisationViewSchema,
} from '@pledgeonce/chaincode/authorisations/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...authorisationViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['enterprise', 'bank', 'regulator'],
  roles: readerRoles,
} as const;

/** Which bank may query an enterprise's records, for what and how often. */
export function authorisationEndpoints(context: ApiContext): Endpoint[] {
  return [authoriseQuery, revokeAuthorisation, listAuthorisations, getAuthorisation].map((make) =>
    make(context),
  );
}

function authoriseQuery({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/authorisations',
    tag: 'credit',
    summary: 'Authorise a bank to query the own enterprise’s records',
    access: 'authoriseQuery',
    writes: true,
    body: authorisationInputs.authoriseQuery.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Given', schema: changed } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      const made = await ledger.submit(caller.signatory, 'authoriseQuery', input);
      return created(made, `/api/v1/authorisations/${made.output.id}`);
    },
  });
}

function revokeAuthorisation({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/authorisations/{id}',
    tag: 'credit',
    summary: 'Revoke an authorisation, from the next query on',
    access: 'revokeAuthorisation',
    writes: true,
    params: idParams,
    answers: { 200: { description: 'Revoked', schema: changed } },
    handle: async ({ params: { id }, key, caller }) => {
      return carriedOut(
        await ledger.submit(caller.signatory, 'revokeAuthorisation', {
          id,
          idempotencyKey: key,
        }),
      );
    },
  });
}

function listAuthorisations({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/authorisations',
    tag: 'credit',
    summary: 'Authorisations given or received, the latest first',
    access: readers,
    query: z.strictObject({
      state: z.enum(authorisationStates).optional(),
      bank: z.string().max(64).optional(),
      enterprise: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('authorisations', authorisationViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(authorisationViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.authorisations.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function getAuthorisation({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/authorisations/{id}',
    tag: 'credit',
    summary: 'An authorisation and what is left of it',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The authorisation', schema: authorisationViewSchema } },
    handle: async ({ params: { id }, caller }) => {
      await follower.caughtUp();
      const found = projection.authorisations.get(id);
      const { enterprise } = ownView(caller);
      if (found === undefined || (enterprise !== undefined && found.enterprise.id !== enterprise)) {
        throw new Problem('AUTHORISATION_NOT_FOUND');
      }
      return { status: 200, body: found };
    },
  });
}
