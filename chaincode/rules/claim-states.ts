import type { ClaimState } from '../api.js';

/** What can happen to a claim. */
export const claimVerbs = [
  'accept',
  'disburse',
  'repay-part',
  'repay-all',
  'withdraw',
  'reject',
  'expire',
  'fall-due',
  'extend-reservation',
  'extend-term',
  'dispute',
  'dismiss-dispute',
  'uphold-dispute',
  'offer',
  'transfer',
  'notify-debtor',
] as const;
export type ClaimVerb = (typeof claimVerbs)[number];

/** `back`: to the state before the dispute. `running`: disbursed, in full or in part still to be repaid. */
type Next = ClaimState | 'back' | 'running';

/** Every transition that exists; what is not here is refused. */
export const transitions: Readonly<Record<ClaimState, Readonly<Partial<Record<ClaimVerb, Next>>>>> = {
  reserved: {
    accept: 'accepted',
    withdraw: 'withdrawn',
    reject: 'rejected',
    expire: 'expired',
    'extend-reservation': 'reserved',
  },
  accepted: {
    disburse: 'disbursed',
    withdraw: 'withdrawn',
    reject: 'rejected',
    // Accepted, never disbursed and past its due date: it must not hold the balance for ever.
    expire: 'expired',
    dispute: 'disputed',
    'notify-debtor': 'accepted',
  },
  disbursed: {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'fall-due': 'overdue',
    'extend-term': 'disbursed',
    dispute: 'disputed',
    offer: 'disbursed',
    transfer: 'transferred',
    'notify-debtor': 'disbursed',
  },
  'partly-repaid': {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'fall-due': 'overdue',
    'extend-term': 'partly-repaid',
    dispute: 'disputed',
    offer: 'partly-repaid',
    transfer: 'transferred',
    'notify-debtor': 'partly-repaid',
  },
  overdue: {
    'repay-part': 'overdue',
    'repay-all': 'settled',
    'extend-term': 'running',
    dispute: 'disputed',
    offer: 'overdue',
    transfer: 'transferred',
    'notify-debtor': 'overdue',
  },
  disputed: {
    // A dispute does not stop the money: what comes in is recorded.
    'repay-part': 'disputed',
    'repay-all': 'settled',
    'dismiss-dispute': 'back',
    'uphold-dispute': 'rejected',
    'notify-debtor': 'disputed',
  },
  settled: {},
  withdrawn: {},
  rejected: {},
  expired: {},
  transferred: {},
};

/** Whether nothing can happen to a claim in this state any more: it draws on nothing. */
export function isOver(state: ClaimState): boolean {
  return Object.keys(transitions[state]).length === 0;
}

/** What the next state depends on beside the present one. */
export interface ClaimPast {
  /** The state before the dispute, for a claim that is disputed. */
  readonly before?: ClaimState | undefined;
  /** Whether anything has been repaid. */
  readonly repaid: boolean;
}

/** The state after something happened; undefined when it cannot happen now. */
export function nextState(
  state: ClaimState,
  verb: ClaimVerb,
  { before, repaid }: ClaimPast,
): ClaimState | undefined {
  // An upheld dispute undoes a promise; money that has been paid out is repaid, not wished away.
  if (verb === 'uphold-dispute' && before !== 'accepted') return undefined;
  // Nothing has been disbursed, so there is nothing to repay.
  if (state === 'disputed' && before === 'accepted' && (verb === 'repay-part' || verb === 'repay-all'))
    return undefined;
  const running = repaid ? 'partly-repaid' : 'disbursed';
  const next = transitions[state][verb];
  if (next === 'running') return running;
  return next === 'back' ? (before === 'disbursed' ? running : before) : next;
}
