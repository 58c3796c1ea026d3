import { outputSchemas } from '@pledgeonce/chaincode/api.js';
import { loanInputs, loanStates, loanViewSchema } from '@pledgeonce/chaincode/loans/api.js';
import { z } from 'zod';
import type { Projection } from '../projection/projection.js';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...loanViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['enterprise', 'bank', 'regulator'],
  roles: readerRoles,
} as const;

/** What people do with one application: an address for each, a function of the ledger behind it. */
const commands = [
  ['withdrawal', 'withdrawLoan', 'Take an application back while nobody has decided'],
  ['recommendation', 'recommendLoan', 'Say on which terms a referred application should be approved'],
  ['approval', 'approveLoan', 'Approve what an officer recommended; the claim is accepted at once'],
  ['decline', 'declineLoan', 'Decline a referred application'],
] as const;

/** Online loans: an enterprise applies, the bank's gateway decides by the bank's rules, a person what is borderline. */
export function loanApplicationEndpoints(context: ApiContext): Endpoint[] {
  const others = [applyForLoan, listLoanApplications, getLoanApplication, assessLoan].map((make) =>
    make(context),
  );
  return [...others, ...commands.map((command) => onOneApplication(context, command))];
}

function applyForLoan(context: ApiContext): Endpoint {
  const { ledger, projection } = context;
  return endpoint({
    method: 'post',
    path: '/loan-applications',
    tag: 'loans',
    summary: 'Apply to a bank for a loan on documents; its rules decide within seconds',
    access: 'applyForLoan',
    writes: true,
    body: loanInputs.applyForLoan.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'Submitted; the decision follows', schema: changed } },
    handle: async ({ body, key, caller }) => {
      context.questions.assertLeft(caller, missesOf(projection.loans, caller));
      const input = { ...body, idempotencyKey: key };
      const made = await ledger.submit(caller.signatory, 'applyForLoan', input);
      return created(made, `/api/v1/loan-applications/${made.output.id}`);
    },
  });
}

function listLoanApplications({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/loan-applications',
    tag: 'loans',
    summary: 'Applications made or received, the latest first; `state=referred` is the queue of the people',
    access: readers,
    query: z.strictObject({
      state: z.enum(loanStates).optional(),
      bank: z.string().max(64).optional(),
      enterprise: z.string().max(64).optional(),
      ...page,
    }),
    csv: listTable('loan-applications', loanViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(loanViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.loans.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function getLoanApplication({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/loan-applications/{id}',
    tag: 'loans',
    summary: 'An application, and what was decided and why',
    access: readers,
    params: idParams,
    answers: { 200: { description: 'The application', schema: loanViewSchema } },
    handle: async ({ params: { id }, caller }) => {
      await follower.caughtUp();
      const found = projection.loans.get(id);
      const { enterprise } = ownView(caller);
      if (found === undefined || (enterprise !== undefined && found.enterprise.id !== enterprise)) {
        throw new Problem('LOAN_NOT_FOUND');
      }
      return { status: 200, body: found };
    },
  });
}

function assessLoan({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/loan-applications/{id}/assessment',
    tag: 'loans',
    summary: 'What the registry says of the documents now, and the records that the query opened',
    access: {
      kinds: ['bank'],
      roles: readerRoles,
    },
    params: idParams,
    answers: { 200: { description: 'The facts', schema: outputSchemas.assessLoan } },
    handle: async ({ params: { id }, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'assessLoan', { id }),
    }),
  });
}

/** What the client sends of a command: the address says which application, the header carries the key. */
function bodyOf(command: z.ZodObject): z.ZodType<object> {
  return command.omit({ id: true, idempotencyKey: true });
}

/**
 * Documents with which the enterprise was declined within the hour because they are not on record as it stated them: the
 * bank's answer to an application tells as much as that to any other question.
 */
function missesOf(loans: Pick<Projection['loans'], 'list'>, caller: Caller): number {
  const since = Date.now() - 3_600_000;
  const { items } = loans.list({ state: 'declined', ...ownView(caller), limit: 200 });
  return items
    .filter(({ updatedAt, reasons }) => {
      return Date.parse(updatedAt) > since && reasons.some(({ rule }) => rule === 'document');
    })
    .reduce((sum, { lines }) => sum + lines.length, 0);
}

function onOneApplication(
  { ledger }: ApiContext,
  [step, name, summary]: (typeof commands)[number],
): Endpoint {
  return endpoint({
    method: 'post',
    path: `/loan-applications/{id}/${step}`,
    tag: 'loans',
    summary,
    access: name,
    writes: true,
    params: idParams,
    body: bodyOf(loanInputs[name]),
    answers: { 200: { description: 'Done', schema: changed } },
    handle: async ({ params: { id }, body: said, key, caller }) => {
      const input = loanInputs[name].parse({ ...said, id, idempotencyKey: key });
      return carriedOut(await ledger.submit(caller.signatory, name, input));
    },
  });
}
