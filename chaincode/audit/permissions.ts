import { type Permission, readers, recorders } from '../roles.js';

/** What is one's own: also for the admins, who transact nothing and yet may leave with what their organisation has. */
export const auditPermissions = {
  readOwnHistory: { access: 'evaluate', kinds: [...recorders, 'bank'], roles: [...readers, 'admin'] },
} as const satisfies Record<string, Permission>;
