import { approver, type Permission, readers } from '../roles.js';

export const firmPermissions = {
  stateFirm: { access: 'submit', kinds: ['regulator'], roles: approver },
  readFirm: { access: 'evaluate', kinds: ['regulator'], roles: readers },
  relinkFacts: { access: 'submit', kinds: ['regulator'], roles: [...approver, 'service'] },
} as const satisfies Record<string, Permission>;
