import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';
import { ChangeEffect } from './change-effect.js';

/** What the authority of a document can do with it. */
export function documentSteps(fact: Schemas['Fact'], { may, organisation, person }: Own): readonly Step[] {
  const { id, version, total, status, authority, awaiting } = fact;
  if (authority !== organisation.mspId || status === 'cancelled' || status === 'replaced') return [];
  const reason = { name: 'reason', kind: 'long', required: true } as const;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const effect = may.includes('previewFactChange') && { below: <ChangeEffect of={id} /> };
  const amend: Step = {
    name: 'amend',
    ...effect,
    fields: [{ name: 'changes.total', kind: 'money', label: 'total', required: true }, reason],
    ...(total !== undefined && { initial: { changes: { total } } }),
    send: (body: object, key) =>
      api.PATCH('/facts/{id}', { params: params(key), body: { ...body, expectedVersion: version } as never }),
  };
  const cancel: Step = {
    name: 'cancel',
    danger: true,
    ...effect,
    fields: [reason],
    send: (body: object, key) =>
      api.POST('/facts/{id}/cancellation', {
        params: params(key),
        body: { ...body, expectedVersion: version } as never,
      }),
  };
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
    fields: [reason],
    send: (body, key) => api.POST('/facts/{id}/awaiting/return', { params: params(key), body }),
  };
  // While one change waits, the ledger takes no other.
  if (awaiting !== undefined) {
    return [
      ...(may.includes('confirmFactStep') ? [confirm] : []),
      ...(may.includes('returnFactStep') ? [giveBack] : []),
    ];
  }
  return [
    ...(may.includes('amendFact') && total !== undefined ? [amend] : []),
    ...(may.includes('cancelFact') ? [cancel] : []),
  ];
}
