import { type ClaimVerb, transitions } from '@pledgeonce/chaincode/rules/claim-states.js';
import { possibleIn } from './possible-in.js';

/** What the ledger calls a step, in one or several verbs. */
const verbs: Readonly<Record<keyof typeof possibleIn, readonly ClaimVerb[]>> = {
  accept: ['accept'],
  disburse: ['disburse'],
  repay: ['repay-part', 'repay-all', 'book-surplus'],
  extendReservation: ['extend-reservation'],
  extendTerm: ['extend-term'],
  notify: ['notify-debtor'],
  move: ['move'],
  offerTransfer: ['offer'],
  dispute: ['dispute'],
  resolve: ['end-dispute'],
  withdraw: ['withdraw'],
  reject: ['reject'],
  repurchase: ['repurchase'],
  writeOff: ['write-off'],
  assignToCollector: ['assign-to-collector'],
  releaseGoods: ['release-goods'],
  reversePayout: ['reverse-payout'],
  reverseNotice: ['reverse-notice'],
  reverseRepayment: ['reverse-repayment'],
};

describe('the steps that the console offers on a claim', () => {
  it.each(Object.entries(possibleIn))('%s: in the states in which the ledger takes it', (step, states) => {
    const taken = Object.entries(transitions)
      .filter(([, next]) => verbs[step as keyof typeof possibleIn].some((verb) => next[verb] !== undefined))
      .map(([state]) => state)
      // A claim that is in dispute already is disputed anew by the regulator alone, in place of the bank.
      .filter((state) => step !== 'dispute' || state !== 'disputed');
    expect(states.toSorted()).toEqual(taken.toSorted());
  });
});
