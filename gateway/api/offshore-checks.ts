import {
  offshoreCheckInputSchema,
  offshoreCheckViewSchema,
  offshoreEntrySchema,
  offshoreOutputs,
  offshoreVerdicts,
} from '@pledgeonce/chaincode/offshore/api.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepQuestion } from './keep-question.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const recorded = z.strictObject({ ...offshoreCheckViewSchema.shape, ...transactionId });

/** The background of offshore trades: papers against the carrier's record, before a bank pays on them. */
export function offshoreCheckEndpoints(context: ApiContext): Endpoint[] {
  return [checkOffshore, listOffshoreChecks, getOffshoreCheck].map((make) => make(context));
}

function checkOffshore(context: ApiContext): Endpoint {
  const { ledger, limits } = context;
  return endpoint({
    method: 'post',
    path: '/offshore-checks',
    tag: 'offshore checks',
    summary: 'Compare the papers of an offshore trade with the record; the report is kept on the ledger',
    access: 'checkOffshore',
    writes: true,
    perMinute: limits.verificationsPerMinute,
    body: offshoreCheckInputSchema.omit({ idempotencyKey: true }),
    answers: { 201: { description: 'The report', schema: recorded } },
    handle: async ({ body, key, caller }) => {
      context.questions.assertLeft(caller);
      const { signatory } = caller;
      const input = { ...body, idempotencyKey: key };
      // The question is on the log before it is answered.
      await ledger.submit(signatory, 'checkOffshore', input);
      const { output, transactionId } = await ledger.submit(signatory, 'checkOffshore', input);
      const report = await ledger.evaluate(signatory, 'readOffshoreCheck', { id: output.id });
      // Each paper is a question of its own.
      const result = report.verdict === 'consistent' ? 'consistent' : 'not-covered';
      for (const { document } of [...body.bills, ...(body.receipts ?? [])]) {
        await keepQuestion(context, caller, 'check', document, result);
      }
      return {
        status: 201,
        body: { ...report, transactionId },
        location: `/api/v1/offshore-checks/${output.id}`,
      };
    },
  });
}

function listOffshoreChecks({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/offshore-checks',
    tag: 'offshore checks',
    summary:
      'Reports, and questions that have none yet, the latest first: for a bank its own, for the regulator all',
    access: 'readOffshoreCheck',
    query: z.strictObject({
      verdict: z.enum([...offshoreVerdicts, 'asked']).optional(),
      bank: z.string().max(64).optional(),
      enterprise: z.string().max(64).optional(),
      ...page,
    }),
    answers: { 200: { description: 'A page', schema: pageOf(offshoreEntrySchema) } },
    handle: async ({ query: { verdict, ...query } }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.offshoreChecks.list({ ...query, state: verdict }) };
    },
  });
}

function getOffshoreCheck({ ledger, organisation, projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/offshore-checks/{id}',
    tag: 'offshore checks',
    summary: 'A report, as it lies on the ledger',
    access: 'readOffshoreCheck',
    params: idParams,
    answers: { 200: { description: 'The report', schema: offshoreOutputs.readOffshoreCheck } },
    handle: async ({ params: { id }, caller }) => {
      if (!organisation.government) {
        return { status: 200, body: await ledger.evaluate(caller.signatory, 'readOffshoreCheck', { id }) };
      }
      // The regulator has to say whose report it means; its projection knows.
      await follower.caughtUp();
      const owner = projection.offshoreChecks.get(id)?.bank;
      const input = { id, ...(owner !== undefined && { owner }) };
      return { status: 200, body: await ledger.evaluate(caller.signatory, 'readOffshoreCheck', input) };
    },
  });
}
