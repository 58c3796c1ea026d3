import { permissions } from '@pledgeonce/chaincode/permissions.js';
import type { LedgerFunction, Role } from '@pledgeonce/chaincode/permissions.js';

interface InboxKind {
  /** What can be done next, the usual thing first. */
  readonly steps: readonly LedgerFunction[];
  /** Those of them that another person has to take than the one who brought it this far. */
  readonly secondPerson?: readonly LedgerFunction[];
  /** After the time until which it waits nobody can take these steps any more, whether or not the ledger has noted it. */
  readonly lapses?: true;
}

/** Everything that waits for somebody, and what ends the waiting. */
const table = {
  'claim-to-accept': {
    steps: ['acceptClaim', 'rejectClaim', 'withdrawClaim', 'extendClaim'],
    secondPerson: ['acceptClaim'],
    lapses: true,
  },
  'claim-to-pay-out': { steps: ['disburseClaim', 'withdrawClaim', 'rejectClaim'], lapses: true },
  'claim-overdue': { steps: ['repayClaim', 'extendClaim', 'offerTransfer'] },
  'claim-in-dispute': { steps: ['resolveDispute'], lapses: true },
  'claim-step-to-confirm': {
    steps: ['confirmStep', 'returnStep'],
    secondPerson: ['confirmStep'],
    lapses: true,
  },
  'payment-step-to-confirm': {
    steps: ['confirmPaymentStep', 'returnPaymentStep'],
    secondPerson: ['confirmPaymentStep'],
    lapses: true,
  },
  'transfer-to-answer': { steps: ['acceptTransfer', 'declineTransfer'] },
  'request-to-answer': { steps: ['sealOffer'], lapses: true },
  'offers-to-compare': { steps: ['acceptOffer', 'withdrawRequest'] },
  'loan-to-decide': {
    steps: ['recommendLoan', 'approveLoan', 'declineLoan'],
    secondPerson: ['approveLoan'],
  },
  'mandate-to-grant': { steps: ['grantMandate', 'revokeMandate'], secondPerson: ['grantMandate'] },
  'assignment-to-confirm': { steps: ['confirmAssignment', 'releaseAssignment'] },
  'objection-to-answer': { steps: ['answerObjection'] },
  'objection-to-decide': { steps: ['decideObjection'] },
  'document-to-correct': { steps: ['amendFact', 'cancelFact'] },
  'rate-to-confirm': { steps: ['confirmRates', 'returnRates'], secondPerson: ['confirmRates'] },
  'document-step-to-confirm': {
    steps: ['confirmFactStep', 'returnFactStep'],
    secondPerson: ['confirmFactStep'],
    lapses: true,
  },
  'near-duplicate-to-check': { steps: ['checkNearDuplicate'] },
  'window-to-open': { steps: ['openTakeOnWindow'], secondPerson: ['openTakeOnWindow'], lapses: true },
  'correction-to-decide': { steps: ['approveCorrection', 'refuseCorrection'] },
  'member-to-confirm': { steps: ['changeMember'] },
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
