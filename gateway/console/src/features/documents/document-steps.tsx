import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';
import { reasonField } from './amend.js';
import { ChangeEffect } from './change-effect.js';
import { changeSteps } from './change-steps.js';

/** What the authority of a document can do with it. */
export function documentSteps(fact: Schemas['Fact'], own: Own): readonly Step[] {
  const { id, status, authority, awaiting } = fact;
  const { may, organisation } = own;
  if (authority !== organisation.mspId || status === 'cancelled' || status === 'replaced') return [];
  // While one change waits, the ledger takes no other.
  if (awaiting !== undefined) return waitingSteps(fact, own);
  const effect = may.includes('previewFactChange') ? { below: <ChangeEffect of={id} /> } : {};
  return [
    ...(may.includes('amendFact') ? changeSteps(fact, effect) : []),
    ...(may.includes('cancelFact') ? [cancellation(fact, effect)] : []),
  ];
}

function cancellation({ id, version }: Schemas['Fact'], effect: Pick<Step, 'below'>): Step {
  return {
    name: 'cancel',
    danger: true,
    ...effect,
    fields: [reasonField],
    send: (body: object, key) =>
      api.POST('/facts/{id}/cancellation', {
        params: { path: { id }, ...once(key) },
        body: { ...body, expectedVersion: version } as never,
      }),
  };
}

/** What a second person can do with a change that waits. */
function waitingSteps({ id, awaiting }: Schemas['Fact'], { may, person }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const isOwnWork = awaiting?.proposedBy === person.id;
  const confirm: Step = {
    name: 'confirmStep',
    ...(isOwnWork && { blocked: 'ownWork' }),
    fields: [],
    send: (body, key) => api.POST('/facts/{id}/awaiting/confirmation', { params: params(key), body }),
  };
  const giveBack: Step = {
    name: isOwnWork ? 'takeStepBack' : 'returnStep',
    secondary: true,
    fields: [reasonField],
    send: (body, key) => api.POST('/facts/{id}/awaiting/return', { params: params(key), body }),
  };
  return [
    ...(may.includes('confirmFactStep') ? [confirm] : []),
    ...(may.includes('returnFactStep') ? [giveBack] : []),
  ];
}
