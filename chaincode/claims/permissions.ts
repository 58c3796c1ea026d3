import { approver, bank, bankOrRegulator, officer, type Permission, readers, writers } from '../roles.js';

/** A claim belongs to its bank, from the reservation to its end; the sweep ends what nobody ends. */
export const claimPermissions = {
  recheckRates: { access: 'submit', kinds: ['regulator'], roles: ['officer', 'service'] },
  reserveClaims: { access: 'submit', kinds: bank, roles: officer },
  acceptClaim: { access: 'submit', kinds: bank, roles: approver },
  disburseClaim: { access: 'submit', kinds: bank, roles: writers },
  repayClaim: { access: 'submit', kinds: bank, roles: writers },
  withdrawClaim: { access: 'submit', kinds: bank, roles: writers },
  rejectClaim: { access: 'submit', kinds: bank, roles: writers },
  disputeClaim: { access: 'submit', kinds: bankOrRegulator, roles: writers },
  resolveDispute: { access: 'submit', kinds: bankOrRegulator, roles: approver },
  extendClaim: { access: 'submit', kinds: bank, roles: writers },
  recordDebtorNotice: { access: 'submit', kinds: bank, roles: writers },
  moveClaim: { access: 'submit', kinds: bank, roles: writers },
  reverseEntry: { access: 'submit', kinds: bank, roles: writers },
  writeOffClaim: { access: 'submit', kinds: bank, roles: writers },
  repurchaseClaim: { access: 'submit', kinds: bank, roles: writers },
  assignToCollector: { access: 'submit', kinds: bank, roles: writers },
  releaseGoods: { access: 'submit', kinds: bank, roles: writers },
  confirmStep: { access: 'submit', kinds: bank, roles: approver },
  returnStep: { access: 'submit', kinds: bank, roles: writers },
  offerTransfer: { access: 'submit', kinds: bank, roles: writers },
  acceptTransfer: { access: 'submit', kinds: bank, roles: approver },
  declineTransfer: { access: 'submit', kinds: bank, roles: writers },
  sweepClaims: {
    access: 'submit',
    kinds: ['bank', 'customs', 'tax', 'regulator'],
    roles: [...writers, 'service'],
    governing: true,
  },
  readClaim: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
} as const satisfies Record<string, Permission>;
