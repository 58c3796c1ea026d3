import { approver, bank, bankOrRegulator, type Permission, readers, writers } from '../roles.js';

const regulator = ['regulator'] as const;

/**
 * The beginning of a registry: the regulator opens a window by two people, a bank's officer tries its book and an approver
 * brings it; what comes late the bank proposes and the regulator approves.
 */
export const takeOnPermissions = {
  proposeTakeOnWindow: { access: 'submit', kinds: regulator, roles: writers },
  openTakeOnWindow: { access: 'submit', kinds: regulator, roles: approver },
  closeTakeOnWindow: { access: 'submit', kinds: regulator, roles: approver },
  readTakeOnWindows: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  takeOn: { access: 'submit', kinds: bank, roles: approver },
  previewTakeOn: { access: 'evaluate', kinds: bank, roles: writers },
  readOverdraft: { access: 'evaluate', kinds: bankOrRegulator, roles: readers, succeeds: true },
  proposeCorrection: { access: 'submit', kinds: bank, roles: writers },
  approveCorrection: { access: 'submit', kinds: regulator, roles: approver },
  refuseCorrection: { access: 'submit', kinds: regulator, roles: approver },
} as const satisfies Record<string, Permission>;
