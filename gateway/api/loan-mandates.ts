import { loanInputs, mandateStates, mandateViewSchema } from '@pledgeonce/chaincode/loans/api.js';
import { z } from 'zod';
import { loanRulesSchema } from '../loans/rules.js';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...mandateViewSchema.shape, ...transactionId });

/** What a bank lets its gateway decide: the rules, and the mandate of two people under which they are used. */
export function loanMandateEndpoints(context: ApiContext): Endpoint[] {
  return [getLoanRules, proposeMandate, grantMandate, revokeMandate, listLoanMandates].map((make) =>
    make(context),
  );
}

function getLoanRules({ loanRules }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/loan-rules',
    tag: 'loans',
    summary: 'The rules that this gateway judges by, and the hash that a mandate names',
    access: { kinds: ['bank'], roles: readerRoles },
    answers: {
      200: {
        description: 'The rules',
        schema: z.strictObject({ hash: z.string(), rules: loanRulesSchema }),
      },
    },
    handle: () => {
      if (loanRules === undefined) throw new Problem('RULES_NOT_FOUND');
      return Promise.resolve({ status: 200, body: loanRules });
    },
  });
}

function proposeMandate({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/loan-mandates',
    tag: 'loans',
    summary: 'Propose what the rules may approve by themselves; it holds once a second person grants it',
    access: 'proposeMandate',
    writes: true,
    body: loanInputs.proposeMandate.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Proposed', schema: changed } },
    handle: async ({ body, key, caller }) => {
      const input = { ...body, idempotencyKey: key };
      const made = await ledger.submit(caller.signatory, 'proposeMandate', input);
      return created(made, `/api/v1/loan-mandates/${made.output.id}`);
    },
  });
}

function grantMandate({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/loan-mandates/{id}/grant',
    tag: 'loans',
    summary: 'Grant a mandate that somebody else has proposed',
    access: 'grantMandate',
    writes: true,
    params: idParams,
    answers: { 200: { description: 'Granted', schema: changed } },
    handle: async ({ params: { id }, key, caller }) => {
      const input = { id, idempotencyKey: key };
      return carriedOut(await ledger.submit(caller.signatory, 'grantMandate', input));
    },
  });
}

function revokeMandate({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/loan-mandates/{id}/revocation',
    tag: 'loans',
    summary: 'Revoke a mandate, from the next approval on',
    access: 'revokeMandate',
    writes: true,
    params: idParams,
    body: loanInputs.revokeMandate.omit({ id: true, idempotencyKey: true }),
    answers: { 200: { description: 'Revoked', schema: changed } },
    handle: async ({ params: { id }, body, key, caller }) => {
      const input = { ...body, id, idempotencyKey: key };
      return carriedOut(await ledger.submit(caller.signatory, 'revokeMandate', input));
    },
  });
}

function listLoanMandates({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/loan-mandates',
    tag: 'loans',
    summary: 'Mandates of the bank (the regulator: of all banks), the latest first',
    access: { kinds: ['bank', 'regulator'], roles: readerRoles },
    query: z.strictObject({
      state: z.enum(mandateStates).optional(),
      bank: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('loan-mandates', mandateViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(mandateViewSchema) } },
    handle: async ({ query }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.mandates.list(query) };
    },
  });
}
