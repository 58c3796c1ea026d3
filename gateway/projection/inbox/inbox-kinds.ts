import { permissions } from '@pledgeonce/chaincode/permissions.js';
import type { LedgerFunction, Role } from '@pledgeonce/chaincode/permissions.js';

interface InboxKind {
  /** What can be done next, the usual thing first. */
  readonly steps: readonly LedgerFunction[];
  /** Those of them that another person has to take than the one who brought it this far. */
  readonly secondPerson?: readonly LedgerFunction[];
}

/** Everything that waits for somebody, and what ends the waiting. */
const table = {
  'claim-to-accept': {
    steps: ['acceptClaim', 'rejectClaim', 'withdrawClaim', 'extendClaim'],
    secondPerson: ['acceptClaim'],
  },
  'claim-to-pay-out': { steps: ['disburseClaim', 'withdrawClaim', 'rejectClaim'] },
  'claim-overdue': { steps: ['repayClaim', 'extendClaim', 'offerTransfer'] },
  'claim-in-dispute': { steps: ['resolveDispute'] },
  'claim-step-to-confirm': { steps: ['confirmStep', 'returnStep'], secondPerson: ['confirmStep'] },
  'transfer-to-answer': { steps: ['acceptTransfer', 'declineTransfer'] },
  'request-to-answer': { steps: ['sealOffer'] },
  'offers-to-compare': { steps: ['acceptOffer', 'withdrawRequest'] },
  'loan-to-decide': {
    steps: ['recommendLoan', 'approveLoan', 'declineLoan'],
    secondPerson: ['approveLoan'],
  },
  'mandate-to-grant': { steps: ['grantMandate', 'revokeMandate'], secondPerson: ['grantMandate'] },
  'assignment-to-confirm': { steps: ['confirmAssignment', 'releaseAssignment'] },
  'objection-to-answer': { steps: ['answerObjection'] },
  'objection-to-decide': { steps: ['decideObjection'] },
  'rate-to-confirm': { steps: ['confirmRates', 'returnRates'], secondPerson: ['confirmRates'] },
  'document-step-to-confirm': {
    steps: ['confirmFactStep', 'returnFactStep'],
    secondPerson: ['confirmFactStep'],
  },
  'near-duplicate-to-check': { steps: ['checkNearDuplicate'] },
  // Everybody reads them, and marks them as checked.
  alert: { steps: [] },
} as const satisfies Record<string, InboxKind>;

export type InboxKindName = keyof typeof table;
export const inboxKinds: Readonly<Record<InboxKindName, InboxKind>> = table;
export const inboxKindNames = Object.keys(table) as [InboxKindName, ...InboxKindName[]];

/** Whether something of this kind waits for people of this role. */
export function concerns(kind: InboxKindName, role: Role): boolean {
  const { steps } = inboxKinds[kind];
  return steps.length === 0 || steps.some((step) => permissions[step].roles.includes(role));
}
