import { z } from 'zod';
import { debtorNoticeViewSchema } from '../projection/debtor-notices.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { ownView } from './own-view.js';
import { readerRoles } from './reader-roles.js';
import { page, pageOf } from './shared-schemas.js';

/** What banks have told an enterprise that owes: for which document to pay whom. */
export function debtorNoticeEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/debtor-notices',
      tag: 'documents',
      summary:
        'Notices of banks to the own enterprise as a debtor, the latest first; nothing of what was lent',
      access: { kinds: ['enterprise'], roles: readerRoles },
      query: z.strictObject({ state: z.enum(['pay-the-bank', 'over']).optional(), ...page }),
      csv: listTable('debtor-notices', debtorNoticeViewSchema),
      answers: { 200: { description: 'A page', schema: pageOf(debtorNoticeViewSchema) } },
      handle: async ({ query, caller }) => {
        await follower.caughtUp();
        return { status: 200, body: projection.debtorNotices.list({ ...query, ...ownView(caller) }) };
      },
    }),
  ];
}
