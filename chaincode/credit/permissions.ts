import { bank, officer, type Permission, readers } from '../roles.js';

export const creditPermissions = {
  recordCredit: { access: 'submit', kinds: ['regulator'], roles: officer },
  queryCredit: { access: 'submit', kinds: bank, roles: officer },
  readCreditReport: { access: 'evaluate', kinds: bank, roles: readers, succeeds: true },
} as const satisfies Record<string, Permission>;
