import { type Permission, readers } from '../roles.js';

export const payeePermissions = {
  // Not for banks: a competitor would learn who financed an invoice that an applicant shows it.
  lookUpPayee: { access: 'evaluate', kinds: ['enterprise'], roles: readers },
} as const satisfies Record<string, Permission>;
