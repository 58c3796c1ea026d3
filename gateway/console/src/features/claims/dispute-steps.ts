import { api } from '../../api/client.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf, reasonField } from './claim-step.js';
import { isPossible } from './possible-in.js';

/** A dispute about a claim, opened by its bank or by the regulator, who has to say whose claim it means. */
export function disputeSteps({ claim, isOwner }: Seen): readonly ClaimStep[] {
  const { state, owner } = claim;
  const params = paramsOf(claim);
  const whose = isOwner ? {} : { owner };
  return [
    {
      name: 'dispute',
      function: 'disputeClaim',
      when: isPossible('dispute', state),
      fields: [reasonField],
      send: (body: object, key) =>
        api.POST('/claims/{id}/dispute', { params: params(key), body: { ...body, ...whose } as never }),
    },
    {
      name: 'resolve',
      function: 'resolveDispute',
      when: isPossible('resolve', state),
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          required: true,
          options: ['upheld', 'dismissed', 'withdrawn'],
          words: 'outcome',
        },
        reasonField,
      ],
      initial: { outcome: 'withdrawn' },
      send: (body: object, key) =>
        api.POST('/claims/{id}/dispute/resolution', {
          params: params(key),
          body: { ...body, ...whose } as never,
        }),
    },
  ];
}
