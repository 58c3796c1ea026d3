import { auditPermissions } from './audit/permissions.js';
import { authorisationPermissions } from './authorisations/permissions.js';
import { consentPermissions } from './consents/permissions.js';
import { creditPermissions } from './credit/permissions.js';
import { debtPermissions } from './debts/permissions.js';
import { firmPermissions } from './firms/permissions.js';
import { loanPermissions } from './loans/permissions.js';
import { insurancePermissions } from './insurance/permissions.js';
import { nearDuplicatePermissions } from './near-duplicates/permissions.js';
import { offerPermissions } from './offers/permissions.js';
import { offshorePermissions } from './offshore/permissions.js';
import { payeePermissions } from './payees/permissions.js';
import { memberPermissions } from './members/permissions.js';
import { objectionPermissions } from './objections/permissions.js';
import { reconciliationPermissions } from './reconciliations/permissions.js';
import { ownDocumentPermissions } from './own-documents/permissions.js';
import { takeOnPermissions } from './take-on/permissions.js';
import { paymentPermissions } from './payments/permissions.js';
import {
  approver,
  authorities,
  bank,
  bankOrRegulator,
  everyone,
  officer,
  type Permission,
  readers,
  recorders,
  service,
  writers,
} from './roles.js';

export { governmentMsps, kindOf, type OrganisationKind, type Permission, type Role } from './roles.js';

const table = {
  initialise: { access: 'submit', kinds: ['regulator'], roles: officer },
  rotateFingerprintKey: { access: 'submit', kinds: ['regulator'], roles: officer },
  rekeyEntries: { access: 'submit', kinds: ['customs', 'tax', 'regulator'], roles: service },
  retireFingerprintKeys: { access: 'submit', kinds: ['customs', 'tax', 'regulator'], roles: service },
  setPolicy: { access: 'submit', kinds: ['regulator'], roles: approver },
  readPolicy: { access: 'evaluate', kinds: everyone, roles: readers },
  publishRates: { access: 'submit', kinds: ['regulator'], roles: officer },
  returnRates: { access: 'submit', kinds: ['regulator'], roles: writers },
  confirmRates: { access: 'submit', kinds: ['regulator'], roles: approver },
  recheckRates: { access: 'submit', kinds: ['regulator'], roles: ['officer', 'service'] },
  recordFacts: { access: 'submit', kinds: recorders, roles: officer },
  amendFact: { access: 'submit', kinds: recorders, roles: officer },
  cancelFact: { access: 'submit', kinds: recorders, roles: officer },
  confirmFactStep: { access: 'submit', kinds: authorities, roles: approver },
  returnFactStep: { access: 'submit', kinds: authorities, roles: writers },
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
  reverseEntry: { access: 'submit', kinds: bank, roles: writers },
  writeOffClaim: { access: 'submit', kinds: bank, roles: writers },
  repurchaseClaim: { access: 'submit', kinds: bank, roles: writers },
  assignToCollector: { access: 'submit', kinds: bank, roles: writers },
  confirmStep: { access: 'submit', kinds: bank, roles: approver },
  returnStep: { access: 'submit', kinds: bank, roles: writers },
  offerTransfer: { access: 'submit', kinds: bank, roles: writers },
  acceptTransfer: { access: 'submit', kinds: bank, roles: approver },
  declineTransfer: { access: 'submit', kinds: bank, roles: writers },
  sweepClaims: {
    access: 'submit',
    kinds: ['bank', 'customs', 'tax', 'regulator'],
    roles: [...writers, 'service'],
  },
  readFact: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  readFacts: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  readFactHistory: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  verifyDocument: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readClaim: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readClaimHistory: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readOwnRecords: {
    access: 'evaluate',
    kinds: ['insurer', 'carrier', 'enterprise', 'bank'],
    roles: ['service'],
  },
  readAddresseeKey: {
    access: 'evaluate',
    kinds: ['insurer', 'carrier', 'enterprise', 'bank'],
    roles: ['service'],
  },
  readRates: { access: 'evaluate', kinds: everyone, roles: readers },
  ...authorisationPermissions,
  ...creditPermissions,
  ...firmPermissions,
  ...loanPermissions,
  ...nearDuplicatePermissions,
  ...offerPermissions,
  ...offshorePermissions,
  ...insurancePermissions,
  ...paymentPermissions,
  ...payeePermissions,
  ...ownDocumentPermissions,
  ...objectionPermissions,
  ...memberPermissions,
  ...takeOnPermissions,
  ...consentPermissions,
  ...debtPermissions,
  ...reconciliationPermissions,
  ...auditPermissions,
} as const satisfies Record<string, Permission>;

export type LedgerFunction = keyof typeof table;

/** Function by function, the kinds of organisation and the roles that may call it. */
export const permissions: Readonly<Record<LedgerFunction, Permission>> = table;
