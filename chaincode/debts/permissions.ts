import { officer, type Permission } from '../roles.js';

export const debtPermissions = {
  confirmDebt: { access: 'submit', kinds: ['enterprise'], roles: officer },
} as const satisfies Record<string, Permission>;
