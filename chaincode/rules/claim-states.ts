import type { ClaimState } from '../api.js';

/** What can happen to a claim. */
export const claimVerbs = [
  'accept',
  'disburse',
  'repay-part',
  'repay-all',
  'book-surplus',
  'withdraw',
  'reject',
  'expire',
  'fall-due',
  'extend-reservation',
  'extend-term',
  'dispute',
  'end-dispute',
  'uphold-dispute',
  'offer',
  'transfer',
  'sell-share',
  'notify-debtor',
  'move',
  'write-off',
  'repurchase',
  'assign-to-collector',
  'release-goods',
  'reverse-payout',
  'reverse-repayment',
  'reverse-notice',
] as const;
export type ClaimVerb = (typeof claimVerbs)[number];

/**
 * `back`: to the state before the dispute. `running`: disbursed, in full or in part still to be repaid; where nothing is,
 * the state stays.
 */
type Next = ClaimState | 'back' | 'running';

/** Every transition that exists; what is not here is refused. */
export const transitions: Readonly<Record<ClaimState, Readonly<Partial<Record<ClaimVerb, Next>>>>> = {
  reserved: {
    accept: 'accepted',
    withdraw: 'withdrawn',
    reject: 'rejected',
    expire: 'expired',
    'extend-reservation': 'reserved',
    move: 'reserved',
    dispute: 'disputed',
  },
  accepted: {
    disburse: 'disbursed',
    withdraw: 'withdrawn',
    reject: 'rejected',
    // Accepted and not paid out in time: it must not hold the balance for ever.
    expire: 'expired',
    dispute: 'disputed',
    'notify-debtor': 'accepted',
    move: 'accepted',
    'reverse-notice': 'accepted',
  },
  disbursed: {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'book-surplus': 'running',
    'fall-due': 'overdue',
    'extend-term': 'disbursed',
    dispute: 'disputed',
    offer: 'disbursed',
    transfer: 'transferred',
    'sell-share': 'disbursed',
    'notify-debtor': 'disbursed',
    move: 'disbursed',
    'write-off': 'written-off',
    repurchase: 'repurchased',
    'assign-to-collector': 'assigned-to-collector',
    'release-goods': 'disbursed',
    'reverse-payout': 'accepted',
    'reverse-repayment': 'running',
    'reverse-notice': 'disbursed',
  },
  'partly-repaid': {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'book-surplus': 'running',
    'fall-due': 'overdue',
    'extend-term': 'partly-repaid',
    dispute: 'disputed',
    offer: 'partly-repaid',
    transfer: 'transferred',
    'sell-share': 'partly-repaid',
    'notify-debtor': 'partly-repaid',
    move: 'partly-repaid',
    'write-off': 'written-off',
    repurchase: 'repurchased',
    'assign-to-collector': 'assigned-to-collector',
    'release-goods': 'partly-repaid',
    'reverse-repayment': 'running',
    'reverse-notice': 'partly-repaid',
  },
  overdue: {
    'repay-part': 'overdue',
    'repay-all': 'settled',
    'book-surplus': 'overdue',
    'extend-term': 'running',
    dispute: 'disputed',
    offer: 'overdue',
    transfer: 'transferred',
    'sell-share': 'overdue',
    'notify-debtor': 'overdue',
    move: 'overdue',
    'write-off': 'written-off',
    repurchase: 'repurchased',
    'assign-to-collector': 'assigned-to-collector',
    'release-goods': 'overdue',
    'reverse-payout': 'accepted',
    'reverse-repayment': 'overdue',
    'reverse-notice': 'overdue',
  },
  disputed: {
    // A dispute stops neither the money nor the time: what comes in is recorded, what is late expires or falls due.
    'repay-part': 'disputed',
    'repay-all': 'disputed',
    'book-surplus': 'disputed',
    expire: 'expired',
    'fall-due': 'disputed',
    // Only the regulator, in place of the bank: see claims/dispute.ts.
    dispute: 'disputed',
    'end-dispute': 'back',
    'uphold-dispute': 'rejected',
    'notify-debtor': 'disputed',
  },
  // A collector has it: it draws on its documents as before, and is repaid, bought back or given up like an overdue one.
  'assigned-to-collector': {
    'repay-part': 'assigned-to-collector',
    'repay-all': 'settled',
    'book-surplus': 'assigned-to-collector',
    dispute: 'disputed',
    'notify-debtor': 'assigned-to-collector',
    'write-off': 'written-off',
    repurchase: 'repurchased',
    'release-goods': 'assigned-to-collector',
    'reverse-repayment': 'assigned-to-collector',
    'reverse-notice': 'assigned-to-collector',
  },
  // Debtors pay late and to whom they were told to: what was lent and has ended still takes their money.
  settled: { 'book-surplus': 'settled', 'reverse-repayment': 'running' },
  repurchased: { 'book-surplus': 'repurchased', 'reverse-repayment': 'running' },
  rejected: {
    'repay-part': 'rejected',
    'repay-all': 'rejected',
    'book-surplus': 'rejected',
    'reverse-repayment': 'rejected',
  },
  'written-off': {
    'repay-part': 'written-off',
    'repay-all': 'written-off',
    'book-surplus': 'written-off',
    'reverse-repayment': 'written-off',
  },
  withdrawn: {},
  expired: {},
  transferred: {},
};

const ends: ReadonlySet<ClaimState> = new Set<ClaimState>([
  'settled',
  'rejected',
  'withdrawn',
  'expired',
  'transferred',
  'written-off',
  'repurchased',
]);

/** Whether a claim in this state has ended: it draws on nothing, and nothing but a correction leads out of it. */
export function isOver(state: ClaimState): boolean {
  return ends.has(state);
}

/** What the next state depends on beside the present one. */
export interface ClaimPast {
  /** The state before the dispute, for a claim that is disputed. */
  readonly before?: ClaimState | undefined;
  /** Whether the money was paid out. */
  readonly paidOut: boolean;
  /** How much of it has come back. */
  readonly repaid: 'nothing' | 'part' | 'all';
  /** Whether a collector has it. */
  readonly collected?: boolean | undefined;
}

const moneyComesBack: ReadonlySet<ClaimVerb> = new Set<ClaimVerb>([
  'repay-part',
  'repay-all',
  'book-surplus',
  'reverse-repayment',
]);

/** The state after something happened; undefined when it cannot happen now. */
export function nextState(
  state: ClaimState,
  verb: ClaimVerb,
  { before, paidOut, repaid, collected = false }: ClaimPast,
): ClaimState | undefined {
  // What has not been paid out is not repaid, and what has been is not undone by time.
  if (moneyComesBack.has(verb) && !paidOut) return undefined;
  if (state === 'disputed') {
    if (verb === 'expire' && paidOut) return undefined;
    // Nobody has confirmed it: the debtor is not told of it.
    if (verb === 'notify-debtor' && before === 'reserved') return undefined;
    if (verb === 'fall-due' && before !== 'disbursed' && before !== 'partly-repaid') return undefined;
  }
  const lent = repaid === 'nothing' ? 'disbursed' : 'partly-repaid';
  const running = collected ? 'assigned-to-collector' : lent;
  const next = transitions[state][verb];
  if (next === 'running') return repaid === 'all' ? state : running;
  if (next !== 'back') return next;
  if (paidOut && repaid === 'all') return 'settled';
  return before === 'disbursed' ? running : before;
}
