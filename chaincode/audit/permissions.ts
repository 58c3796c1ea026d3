import { bankOrRegulator, type Permission, readers, recorders } from '../roles.js';

/** Who reads the past of a thing. One's own is also for the admins, who transact nothing and yet may leave with what their organisation has. */
export const auditPermissions = {
  readFactHistory: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  readClaimHistory: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readOwnRecords: {
    access: 'evaluate',
    kinds: recorders,
    roles: ['service'],
  },
  readAddresseeKey: {
    access: 'evaluate',
    kinds: recorders,
    roles: ['service'],
  },
  readOwnHistory: { access: 'evaluate', kinds: recorders, roles: [...readers, 'admin'] },
} as const satisfies Record<string, Permission>;
