import { api } from '../../api/client.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf, reasonField } from './claim-step.js';
import { isPossible } from './possible-in.js';

/** How a claim ends otherwise than by repayment: before the payout at once, after it in the hands of two people. */
export function endingSteps({ claim, isOwner }: Seen): readonly ClaimStep[] {
  const { state } = claim;
  const params = paramsOf(claim);
  return [
    {
      name: 'repurchase',
      function: 'repurchaseClaim',
      when: isOwner && isPossible('repurchase', state),
      twoPeople: true,
      fields: [{ name: 'reference', kind: 'text' }, reasonField],
      send: (body, key) => api.POST('/claims/{id}/repurchase', { params: params(key), body }),
    },
    {
      name: 'assignToCollector',
      function: 'assignToCollector',
      when: isOwner && isPossible('assignToCollector', state),
      twoPeople: true,
      fields: [{ name: 'collector', kind: 'party', required: true }, reasonField],
      initial: { collector: { scheme: 'USCC' } },
      send: (body, key) => api.POST('/claims/{id}/collector', { params: params(key), body }),
    },
    {
      name: 'writeOff',
      function: 'writeOffClaim',
      when: isOwner && isPossible('writeOff', state),
      danger: true,
      twoPeople: true,
      fields: [reasonField],
      send: (body, key) => api.POST('/claims/{id}/write-off', { params: params(key), body }),
    },
    {
      name: 'withdraw',
      function: 'withdrawClaim',
      when: isOwner && isPossible('withdraw', state),
      danger: true,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/claims/{id}/withdrawal', { params: params(key), body }),
    },
    {
      name: 'reject',
      function: 'rejectClaim',
      when: isOwner && isPossible('reject', state),
      danger: true,
      fields: [reasonField],
      send: (body, key) => api.POST('/claims/{id}/rejection', { params: params(key), body }),
    },
  ];
}
