import { api } from '../../api/client.js';
import type { Step } from '../../ui/steps.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf, reasonField } from './claim-step.js';
import { isPossible } from './possible-in.js';

/** What was entered by mistake and can be taken back by two people; a repayment in its own row. */
export function correctionSteps({ claim, isOwner }: Seen): readonly ClaimStep[] {
  const { state, debtorNotice, owner, repayments } = claim;
  const isRepaid = repayments.some(({ reversed }) => reversed === undefined);
  return [
    {
      ...reversal(claim, 'disbursement'),
      name: 'reversePayout',
      // What has come back is taken back first.
      when: isOwner && isPossible('reversePayout', state) && !isRepaid,
    },
    {
      ...reversal(claim, 'debtor-notice'),
      name: 'reverseNotice',
      when: isOwner && isPossible('reverseNotice', state) && debtorNotice?.bank === owner,
    },
  ];
}

/** Taking back the repayment at a place of the list, from 1. */
export function repaymentReversal({ claim, isOwner, own }: Seen, place: number): readonly Step[] {
  const isReversed = claim.repayments[place - 1]?.reversed !== undefined;
  const isOffered = isOwner && own.may.includes('reverseEntry') && claim.awaiting === undefined;
  if (isReversed || !isOffered || !isPossible('reverseRepayment', claim.state)) return [];
  return [{ ...reversal(claim, 'repayment', place), name: 'reverseRepayment' }];
}

function reversal(
  claim: Seen['claim'],
  entry: 'disbursement' | 'repayment' | 'debtor-notice',
  repayment?: number,
): Omit<ClaimStep, 'name' | 'when'> {
  const params = paramsOf(claim);
  return {
    function: 'reverseEntry',
    secondary: true,
    twoPeople: true,
    fields: [reasonField],
    send: (body: object, key) =>
      api.POST('/claims/{id}/reversal', {
        params: params(key),
        body: { ...body, entry, ...(repayment !== undefined && { repayment }) } as never,
      }),
  };
}
