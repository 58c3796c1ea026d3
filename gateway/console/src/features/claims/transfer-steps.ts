import { api } from '../../api/client.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf } from './claim-step.js';
import { isPossible } from './possible-in.js';

/** A claim, or a share of it, that goes to another bank: offered by the one, taken over or declined by the other. */
export function transferSteps({ claim, own, isOwner }: Seen): readonly ClaimStep[] {
  const { state, offeredTo } = claim;
  const params = paramsOf(claim);
  const isOfferedHere = offeredTo === own.organisation.mspId;
  return [
    {
      name: 'offerTransfer',
      function: 'offerTransfer',
      when: isOwner && isPossible('offerTransfer', state) && offeredTo === undefined,
      fields: [
        { name: 'to', kind: 'text', required: true, hint: 'bank' },
        { name: 'share', kind: 'money', hint: 'share' },
      ],
      send: (body, key) => api.POST('/claims/{id}/transfer', { params: params(key), body }),
    },
    {
      name: 'acceptTransfer',
      function: 'acceptTransfer',
      when: isOfferedHere,
      fields: [{ name: 'applicationNumber', kind: 'text', required: true }],
      send: (body, key) => api.POST('/claims/{id}/transfer/acceptance', { params: params(key), body }),
    },
    {
      name: 'declineTransfer',
      function: 'declineTransfer',
      when: isOfferedHere,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/claims/{id}/transfer/refusal', { params: params(key), body }),
    },
  ];
}
