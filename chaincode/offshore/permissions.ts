import { bank, bankOrRegulator, officer, type Permission, readers } from '../roles.js';

export const offshorePermissions = {
  checkOffshore: { access: 'submit', kinds: bank, roles: officer },
  readOffshoreCheck: { access: 'evaluate', kinds: bankOrRegulator, roles: readers, succeeds: true },
} as const satisfies Record<string, Permission>;
