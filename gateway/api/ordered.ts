import { z } from 'zod';
import { orderedSchema } from '../projection/ordered-by-member.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { readerRoles } from './reader-roles.js';

/** Who floods, or sends what nobody can read. */
export function orderedEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/audit/ordered',
      tag: 'audit',
      summary: 'How much each member had ordered of late, and how much of it came to nothing',
      access: { kinds: ['regulator'], roles: readerRoles },
      answers: {
        200: {
          description: 'Who had most in front',
          schema: z.strictObject({
            /** The first block that is counted. */
            from: z.number().int(),
            /** The last one. */
            to: z.number().int(),
            items: z.array(orderedSchema),
          }),
        },
      },
      handle: async () => {
        await follower.caughtUp();
        const to = projection.nextBlock - 1;
        return { status: 200, body: { ...projection.orderedByMember(), to } };
      },
    }),
  ];
}
