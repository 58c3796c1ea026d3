import { z } from 'zod';
import { readRefusedAtDoor, refusedSchema } from '../ledger/refused-at-door.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** Whom the door before the organisation's orderer keeps out: who floods it, or hands in what no client makes. */
export function nodeRefusalEndpoints({ refusedAtDoor }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/nodes/refusals',
      tag: 'nodes',
      summary:
        'What the door before the organisation’s own orderer refused, by member and reason, the latest first',
      access: { roles: ['auditor', 'admin'] },
      answers: {
        200: {
          description: 'How often, since when and why; what the door refuses shows within ten seconds',
          schema: z.strictObject({
            /** Whether the organisation runs an orderer with a door before it that the gateway knows of. */
            door: z.boolean(),
            items: z.array(refusedSchema),
          }),
        },
      },
      handle: async () => ({
        status: 200,
        body: {
          door: refusedAtDoor !== undefined,
          items: refusedAtDoor === undefined ? [] : [...(await readRefusedAtDoor(refusedAtDoor))],
        },
      }),
    }),
  ];
}
