import { approver, bank, bankOrRegulator, officer, type Permission, readers, writers } from '../roles.js';

/** Payments abroad: a bank marks them; two people of it reverse one. */
export const paymentPermissions = {
  openDocument: { access: 'submit', kinds: bank, roles: writers },
  readOpening: { access: 'evaluate', kinds: bank, roles: writers },
  markPayments: { access: 'submit', kinds: bank, roles: officer },
  reversePayment: { access: 'submit', kinds: bank, roles: writers, succeeds: true },
  confirmPaymentStep: { access: 'submit', kinds: bank, roles: approver, succeeds: true },
  returnPaymentStep: { access: 'submit', kinds: bank, roles: writers, succeeds: true },
  liftMark: { access: 'submit', kinds: ['regulator'], roles: approver },
  consentToMark: { access: 'submit', kinds: ['enterprise'], roles: officer },
  readPaymentHistory: { access: 'evaluate', kinds: bankOrRegulator, roles: readers, succeeds: true },
  readPayment: { access: 'evaluate', kinds: bankOrRegulator, roles: readers, succeeds: true },
} as const satisfies Record<string, Permission>;
