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
] as const;
export type ClaimVerb = (typeof claimVerbs)[number];

/** `back`: to the state before the dispute. */
type Next = ClaimState | 'back';

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
  },
  disbursed: {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'fall-due': 'overdue',
    'extend-term': 'disbursed',
    dispute: 'disputed',
    offer: 'disbursed',
    transfer: 'transferred',
  },
  'partly-repaid': {
    'repay-part': 'partly-repaid',
    'repay-all': 'settled',
    'fall-due': 'overdue',
    'extend-term': 'partly-repaid',
    dispute: 'disputed',
    offer: 'partly-repaid',
    transfer: 'transferred',
  },
  overdue: {
    'repay-part': 'overdue',
    'repay-all': 'settled',
    'extend-term': 'partly-repaid',
    dispute: 'disputed',
    offer: 'overdue',
    transfer: 'transferred',
  },
  disputed: {
    // A dispute does not stop the money: what comes in is recorded.
    'repay-part': 'disputed',
    'repay-all': 'settled',
    'dismiss-dispute': 'back',
    'uphold-dispute': 'rejected',
  },
  settled: {},
  withdrawn: {},
  rejected: {},
  expired: {},
  transferred: {},
};

/**
 * The state after something happened.
 *
 * @param before the state before the dispute, for a claim that is disputed.
 * @returns undefined when it cannot happen in this state.
 */
export function nextState(state: ClaimState, verb: ClaimVerb, before?: ClaimState): ClaimState | undefined {
  // An upheld dispute undoes a promise; money that has been paid out is repaid, not wished away.
  if (verb === 'uphold-dispute' && before !== 'accepted') return undefined;
  // Nothing has been disbursed, so there is nothing to repay.
  if (state === 'disputed' && before === 'accepted' && (verb === 'repay-part' || verb === 'repay-all')) return undefined;
  const next = transitions[state][verb];
  return next === 'back' ? before : next;
}
