import { claimViewSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { readerRoles } from './reader-roles.js';
import { page, pageOf } from './shared-schemas.js';
import { claimsTable } from './tables.js';

/** Claims, and shares of claims, that other banks offer to this one. */
export function listTransferOffers({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/transfer-offers',
    tag: 'claims',
    summary:
      'Claims, or shares of claims, that other banks offer to this one, on the terms on which it would hold them',
    access: { kinds: ['bank'], roles: readerRoles },
    query: z.strictObject({
      enterprise: z.string().max(64).optional(),
      /** The bank that offers. */
      owner: z.string().max(64).optional(),
      ...page,
    }),
    csv: { ...claimsTable, file: 'transfer-offers' },
    answers: { 200: { description: 'A page, the latest first', schema: pageOf(claimViewSchema) } },
    handle: async ({ query: { owner, ...query } }) => {
      await follower.caughtUp();
      return {
        status: 200,
        body: projection.transferOffers.list({ ...query, bank: owner, state: 'open' }),
      };
    },
  });
}
