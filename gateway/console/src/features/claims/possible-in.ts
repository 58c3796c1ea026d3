const running = ['disbursed', 'partly-repaid', 'overdue'] as const;
const owed = [...running, 'assigned-to-collector'] as const;

/** In which states of a claim each step is possible: the ledger's table of transitions, as far as the console offers it. */
export const possibleIn = {
  accept: ['reserved'],
  disburse: ['accepted'],
  repay: [...owed, 'disputed', 'settled', 'repurchased', 'rejected', 'written-off'],
  extendReservation: ['reserved'],
  extendTerm: running,
  notify: ['accepted', ...owed, 'disputed'],
  move: ['reserved', 'accepted', ...running],
  offerTransfer: running,
  dispute: ['reserved', 'accepted', ...owed],
  resolve: ['disputed'],
  withdraw: ['reserved', 'accepted'],
  reject: ['reserved', 'accepted'],
  repurchase: owed,
  writeOff: owed,
  assignToCollector: running,
  releaseGoods: owed,
  reversePayout: ['disbursed', 'overdue'],
  reverseNotice: ['accepted', ...owed],
  reverseRepayment: [...owed, 'settled', 'repurchased', 'rejected', 'written-off'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Whether a step is possible in a state. */
export function isPossible(step: keyof typeof possibleIn, state: string): boolean {
  const states: readonly string[] = possibleIn[step];
  return states.includes(state);
}
