import { bankOrRegulator, type Permission, readers, recorders } from '../roles.js';

/** Who reads the past of a thing. One's own is also for the admins, who transact nothing and yet may leave with what their organisation has. */
export const auditPermissions = {
  readFactHistory: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers, succeeds: true },
  readClaimHistory: { access: 'evaluate', kinds: bankOrRegulator, roles: readers, succeeds: true },
  readOwnRecords: {
    access: 'evaluate',
    kinds: recorders,
    roles: ['service'],
    succeeds: true,
  },
  readAddresseeKey: {
    access: 'evaluate',
    kinds: recorders,
    roles: ['service'],
    succeeds: true,
  },
  readOwnHistory: { access: 'evaluate', kinds: recorders, roles: [...readers, 'admin'], succeeds: true },
} as const satisfies Record<string, Permission>;
