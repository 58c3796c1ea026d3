import { approver, officer, type Permission, readers, writers } from '../roles.js';

export const insurancePermissions = {
  proposeAssignment: { access: 'submit', kinds: ['enterprise'], roles: officer },
  confirmAssignment: { access: 'submit', kinds: ['insurer'], roles: approver },
  releaseAssignment: {
    access: 'submit',
    kinds: ['enterprise', 'insurer', 'bank'],
    roles: writers,
    succeeds: true,
  },
  confirmIndemnity: { access: 'submit', kinds: ['insurer'], roles: approver, succeeds: true },
  withdrawIndemnity: { access: 'submit', kinds: ['insurer'], roles: writers, succeeds: true },
  readCoverUse: { access: 'evaluate', kinds: ['insurer', 'regulator'], roles: readers, succeeds: true },
} as const satisfies Record<string, Permission>;
