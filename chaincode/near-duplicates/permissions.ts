import { approver, type Permission } from '../roles.js';

export const nearDuplicatePermissions = {
  // Not the portal: who recorded its own paper clears no alarm.
  checkNearDuplicate: {
    access: 'submit',
    kinds: ['customs', 'tax', 'insurer', 'carrier', 'regulator'],
    roles: approver,
  },
} as const satisfies Record<string, Permission>;
