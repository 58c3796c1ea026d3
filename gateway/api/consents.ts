import { consentInputs, consentStates, consentViewSchema } from '@pledgeonce/chaincode/consents/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { asking } from './keep-question.js';
import { ownView } from './own-view.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...consentViewSchema.shape, ...transactionId });

/** An exporter's consent that a bank draws on its documents, where the consortium's policy asks for it. */
export function consentEndpoints(context: ApiContext): Endpoint[] {
  return [giveConsent, withdrawConsent, listConsents].map((make) => make(context));
}

function giveConsent(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: '/consents',
    tag: 'documents',
    summary: 'Let a bank draw on the own enterprise’s documents, or on one of them',
    access: 'giveConsent',
    writes: true,
    body: consentInputs.giveConsent.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Given', schema: changed } },
    handle: async ({ body, key, caller }) => {
      const give = () => ledger.submit(caller.signatory, 'giveConsent', { ...body, idempotencyKey: key });
      // That a document is not the own one is an answer too.
      const { output, transactionId } =
        body.document === undefined
          ? await give()
          : await asking(context, caller, 'consent', body.document, give);
      return created({ output, transactionId });
    },
  });
}

function withdrawConsent({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/consents/{id}',
    tag: 'documents',
    summary: 'Take a consent back, from the next reservation on; what is drawn stays drawn',
    access: 'withdrawConsent',
    writes: true,
    params: idParams,
    answers: { 200: { description: 'Withdrawn', schema: changed } },
    handle: async ({ params: { id }, key, caller }) => {
      const input = { id, idempotencyKey: key };
      return carriedOut(await ledger.submit(caller.signatory, 'withdrawConsent', input));
    },
  });
}

function listConsents({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/consents',
    tag: 'documents',
    summary: 'Consents given or received, the latest first',
    access: {
      kinds: ['enterprise', 'bank', 'regulator'],
      roles: readerRoles,
    },
    query: z.strictObject({
      state: z.enum(consentStates).optional(),
      bank: z.string().max(64).optional(),
      enterprise: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('consents', consentViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(consentViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.consents.list({ ...query, ...ownView(caller) }) };
    },
  });
}
