import { api } from '../../api/client.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf, reasonField } from './claim-step.js';

/** A step that waits for its second person: they confirm or return it, and whoever proposed it can take it back. */
export function awaitingSteps({ claim, own, isOwner }: Seen): readonly ClaimStep[] {
  const { awaiting } = claim;
  const params = paramsOf(claim);
  const isOwnWork = awaiting?.proposedBy === own.person.id;
  return [
    {
      name: 'confirmStep',
      function: 'confirmStep',
      when: isOwner && awaiting !== undefined,
      ...(isOwnWork && { blocked: 'ownWork' }),
      fields: [],
      send: (body, key) => api.POST('/claims/{id}/awaiting/confirmation', { params: params(key), body }),
    },
    {
      name: isOwnWork ? 'takeStepBack' : 'returnStep',
      function: 'returnStep',
      when: isOwner && awaiting !== undefined,
      secondary: true,
      fields: [reasonField],
      send: (body, key) => api.POST('/claims/{id}/awaiting/return', { params: params(key), body }),
    },
  ];
}
