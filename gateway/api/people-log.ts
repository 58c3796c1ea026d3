import { z } from 'zod';
import { isWithinReach } from '../people/admin-rules.js';
import { logEntrySchema } from '../people/people-log.js';
import { readCursor } from '../projection/conditions.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { cursorSchema, page, pageOf } from './shared-schemas.js';

/** Who came in, who was refused, and who was changed by whom. */
export function peopleLogEndpoints({ people }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/people/log',
      tag: 'people',
      summary: 'Sign-ins, refusals, changes of role, removals; at the portal, those of the own enterprise',
      access: { roles: ['admin', 'auditor'] },
      query: z.object({
        ...page,
        cursor: cursorSchema,
        /** Only what is unusual. */
        alerts: z.enum(['true', 'false']).optional(),
        person: z.string().max(64).optional(),
      }),
      csv: listTable('access-log', logEntrySchema),
      answers: { 200: { description: 'Entries, the latest first', schema: pageOf(logEntrySchema) } },
      handle: async ({ query: { cursor, limit, alerts, person }, caller }) => {
        const { items, next } = await people.page(
          readCursor(cursor),
          limit,
          (entry) =>
            isWithinReach(caller.session.person, entry) &&
            (alerts !== 'true' || entry.alert) &&
            (person === undefined || entry.person === person),
        );
        return { status: 200, body: { items, ...(next === undefined ? {} : { next: String(next) }) } };
      },
    }),
  ];
}
