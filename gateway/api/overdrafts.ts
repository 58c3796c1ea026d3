import { claimStateSchema } from '@pledgeonce/chaincode/api.js';
import type { Output } from '@pledgeonce/chaincode/api.js';
import { overdrawnDocumentSchema } from '@pledgeonce/chaincode/take-on/api.js';
import { partyIdSchema, moneySchema } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { eachAtOnce } from './each-at-once.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { cursorSchema, pageOf, wholeNumber } from './shared-schemas.js';

/** Claims that are asked for at a time: others want answers too. */
const atOnce = 8;

const overdraftSchema = z.strictObject({
  id: z.string(),
  owner: z.string(),
  applicationNumber: z.string(),
  state: claimStateSchema,
  enterprise: partyIdSchema,
  outstanding: moneySchema,
  takenOn: z.boolean(),
  overdrawn: z.array(overdrawnDocumentSchema),
});

/** Claims whose documents carry less than is drawn on them, and by how much: to a bank never by whom. */
export function overdraftEndpoints({ ledger, projection, follower, organisation }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/overdrafts',
      tag: 'take-on',
      summary:
        'Claims of the organisation whose documents are overdrawn, and by how much; the regulator sees every side',
      access: 'readOverdraft',
      query: z.strictObject({ cursor: cursorSchema, limit: wholeNumber(1, 50).default(20) }),
      csv: listTable('overdrafts', overdraftSchema),
      answers: { 200: { description: 'A page', schema: pageOf(overdraftSchema) } },
      handle: async ({ query, caller }) => {
        await follower.caughtUp();
        const { items: claims, next } = projection.overdrawn.list(query);
        const found = await eachAtOnce(claims, atOnce, async (claim) => {
          const { id, owner, applicationNumber, state, enterprise, outstanding, takenOn } = claim;
          const meant = { id, ...(organisation.government && { owner }) };
          const { overdrawn }: Output<'readOverdraft'> = await ledger.evaluate(
            caller.signatory,
            'readOverdraft',
            meant,
          );
          const of = { id, owner, applicationNumber, state, enterprise, outstanding };
          return { ...of, takenOn: takenOn !== undefined, overdrawn };
        });
        // What ended meanwhile draws no more, and what was cleared is carried again.
        const items = found.filter(({ overdrawn }) => overdrawn.length > 0);
        return { status: 200, body: { items, ...(next !== undefined && { next }) } };
      },
    }),
  ];
}
