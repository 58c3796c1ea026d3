import { type Permission, recorders, service } from '../roles.js';

export const probingPermissions = {
  reportProbing: { access: 'submit', kinds: recorders, roles: service },
} as const satisfies Record<string, Permission>;
