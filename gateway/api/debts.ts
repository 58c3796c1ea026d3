import { debtInputs, debtViewSchema } from '@pledgeonce/chaincode/debts/api.js';
import { z } from 'zod';
import { created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { asking } from './keep-question.js';
import { ownView } from './own-view.js';
import { readerRoles } from './reader-roles.js';
import { page, pageOf, transactionId } from './shared-schemas.js';

/** Debts that their debtors confirm, so that a bank lends to the seller on the debtor's credit. */
export function debtEndpoints(context: ApiContext): Endpoint[] {
  return [confirmDebt, listDebts].map((make) => make(context));
}

function confirmDebt(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: '/debts',
    tag: 'documents',
    summary: 'Confirm, as the buyer of an invoice, how much of it will be paid, and to which bank',
    access: 'confirmDebt',
    writes: true,
    body: debtInputs.confirmDebt.omit({ idempotencyKey: true }),
    answers: {
      201: {
        description: 'Confirmed; it is not taken back',
        schema: z.strictObject({ ...debtViewSchema.shape, ...transactionId }),
      },
    },
    handle: async ({ body, key, caller }) => {
      // That an invoice is not the own one is an answer too.
      return created(
        await asking(context, caller, 'debt', body.document, () =>
          ledger.submit(caller.signatory, 'confirmDebt', { ...body, idempotencyKey: key }),
        ),
      );
    },
  });
}

function listDebts({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/debts',
    tag: 'documents',
    summary: 'Debts that the own enterprise has confirmed (the regulator: all), the latest first',
    access: { kinds: ['enterprise', 'regulator'], roles: readerRoles },
    query: z.strictObject({ ...page }),
    csv: listTable('debts', debtViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(debtViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.debts.list({ ...query, ...ownView(caller) }) };
    },
  });
}
