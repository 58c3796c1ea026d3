import { approver, bank, officer, type Permission, readers, type Role, writers } from '../roles.js';

// The bank's gateway decides by the bank's rules: its own identity may do this and nothing else.
const service: readonly Role[] = ['service'];

export const loanPermissions = {
  applyForLoan: { access: 'submit', kinds: ['enterprise'], roles: officer },
  withdrawLoan: { access: 'submit', kinds: ['enterprise'], roles: officer },
  queryForLoan: { access: 'submit', kinds: bank, roles: service },
  assessLoan: { access: 'evaluate', kinds: bank, roles: [...readers, ...service] },
  decideLoan: { access: 'submit', kinds: bank, roles: service },
  recommendLoan: { access: 'submit', kinds: bank, roles: officer },
  approveLoan: { access: 'submit', kinds: bank, roles: approver },
  declineLoan: { access: 'submit', kinds: bank, roles: approver, succeeds: true },
  proposeMandate: { access: 'submit', kinds: bank, roles: officer },
  grantMandate: { access: 'submit', kinds: bank, roles: approver },
  revokeMandate: { access: 'submit', kinds: bank, roles: writers, succeeds: true },
} as const satisfies Record<string, Permission>;
