import type { Input } from '@pledgeonce/chaincode/api.js';
import { correctionStates, correctionViewSchema, takeOnInputs } from '@pledgeonce/chaincode/take-on/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf, transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...correctionViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['bank', 'regulator'],
  roles: readerRoles,
} as const;

const steps = [
  ['approval', 'approveCorrection', 'Approve a correction: the loan is taken on', z.strictObject({})],
  [
    'refusal',
    'refuseCorrection',
    'Refuse a correction, with the reason',
    takeOnInputs.refuseCorrection.omit({ id: true, idempotencyKey: true }),
  ],
] as const;

/** What a bank has forgotten until its window was closed: the bank proposes it and the regulator approves it. */
export function correctionEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, projection, follower } = context;
  return [
    endpoint({
      method: 'post',
      path: '/take-on/corrections',
      tag: 'take-on',
      summary: 'Propose to take on a loan after the window has closed',
      access: 'proposeCorrection',
      writes: true,
      body: takeOnInputs.proposeCorrection.omit({ idempotencyKey: true }),
      answers: { 201: { description: 'Proposed', schema: changed } },
      handle: async ({ body, key, caller }) => {
        const input = { ...body, idempotencyKey: key };
        return created(await ledger.submit(caller.signatory, 'proposeCorrection', input));
      },
    }),
    endpoint({
      method: 'get',
      path: '/take-on/corrections',
      tag: 'take-on',
      summary: 'Corrections of the organisation (the regulator: of everybody), the latest first',
      access: readers,
      query: z.object({ state: z.enum(correctionStates).optional(), ...page }),
      csv: listTable('corrections', correctionViewSchema),
      answers: { 200: { description: 'A page', schema: pageOf(correctionViewSchema) } },
      handle: async ({ query }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.corrections.list(query) };
      },
    }),
    ...steps.map(([step, name, summary, body]) =>
      endpoint({
        method: 'post',
        path: `/take-on/corrections/{id}/${step}`,
        tag: 'take-on',
        summary,
        access: name,
        writes: true,
        params: idParams,
        body: body as z.ZodType<object>,
        answers: { 200: { description: 'Done', schema: changed } },
        handle: async ({ params: { id }, body: said, key, caller }) => {
          const input = { ...said, id, idempotencyKey: key } as Input<typeof name>;
          return carriedOut(await ledger.submit(caller.signatory, name, input));
        },
      }),
    ),
  ];
}
