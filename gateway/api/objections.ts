import {
  objectionInputs,
  objectionStates,
  objectionViewSchema,
} from '@pledgeonce/chaincode/objections/api.js';
import type { Input } from '@pledgeonce/chaincode/api.js';
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

const changed = z.strictObject({ ...objectionViewSchema.shape, ...transactionId });
const readers = {
  kinds: ['enterprise', 'bank', 'insurer', 'carrier', 'customs', 'tax', 'regulator'],
  roles: readerRoles,
} as const;

/** What can be done about an objection, each under an address of its own. */
const steps = [
  ['answer', 'answerObjection', 'Answer an objection as a bank that holds a claim on the trade'],
  [
    'decision',
    'decideObjection',
    'Decide an objection as the regulator: hold new draws, order a correction, dismiss',
  ],
  ['withdrawal', 'withdrawObjection', 'Take the own objection back'],
] as const;

/** Objections of parties to a trade, the answers of the banks that hold claims on it, and what the regulator decides. */
export function objectionEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, projection, follower } = context;
  return [
    endpoint({
      method: 'post',
      path: '/objections',
      tag: 'objections',
      summary: 'Object to a document, or to what is drawn on it, as a party to its trade',
      access: 'raiseObjection',
      writes: true,
      body: objectionInputs.raiseObjection.omit({ idempotencyKey: true, verified: true }),
      answers: { 201: { description: 'On record', schema: changed } },
      handle: async ({ body, key, caller }) => {
        const { document, enterprise } = body;
        const verified = await context.proofs.ofDocument(document, enterprise);
        const input = { ...body, idempotencyKey: key, ...(verified && { verified: [verified] }) };
        const made = await asking(context, caller, 'objection', document, () =>
          ledger.submit(caller.signatory, 'raiseObjection', input),
        );
        return created(made, `/api/v1/objections/${made.output.id}`);
      },
    }),
    ...steps.map((step) => onOneObjection(context, step)),
    endpoint({
      method: 'get',
      path: '/objections',
      tag: 'objections',
      summary:
        'Objections that the organisation has raised or may answer (the regulator: all), the latest first',
      access: readers,
      query: z.object({ state: z.enum(objectionStates).optional(), ...page }),
      csv: listTable('objections', objectionViewSchema),
      answers: { 200: { description: 'A page', schema: pageOf(objectionViewSchema) } },
      handle: async ({ query, caller }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.objections.list({ ...query, ...ownView(caller) }) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/objections/{id}',
      tag: 'objections',
      summary: 'An objection, as far as the organisation may know it',
      access: readers,
      params: idParams,
      answers: { 200: { description: 'The objection', schema: objectionViewSchema } },
      handle: async ({ params: { id }, caller }) => {
        await follower.caughtUp();
        const found = projection.objections.get(id, ownView(caller).enterprise);
        if (found === undefined) throw new Problem('OBJECTION_NOT_FOUND');
        return { status: 200, body: found };
      },
    }),
  ];
}

/** What the client sends of a command: the address says which objection, the header carries the key. */
function bodyOf(command: z.ZodObject): z.ZodType<object> {
  return command.omit({ id: true, idempotencyKey: true });
}

/** What is done with one objection: an address for each step. */
function onOneObjection(context: ApiContext, [step, name, summary]: (typeof steps)[number]): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: `/objections/{id}/${step}`,
    tag: 'objections',
    summary,
    access: name,
    writes: true,
    params: idParams,
    body: bodyOf(objectionInputs[name]),
    answers: { 200: { description: 'Done', schema: changed } },
    handle: async ({ params: { id }, body, key, caller }) => {
      const input = { ...body, id, idempotencyKey: key } as Input<typeof name>;
      return carriedOut(await ledger.submit(caller.signatory, name, input));
    },
  });
}
