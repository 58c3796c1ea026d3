import { approver, everyone, type Permission, readers } from '../roles.js';

export const memberPermissions = {
  changeMember: {
    access: 'submit',
    kinds: ['customs', 'tax', 'regulator'],
    roles: approver,
    governing: true,
  },
  readMember: { access: 'evaluate', kinds: everyone, roles: readers },
} as const satisfies Record<string, Permission>;
