import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';

/** What the authority of a document can do with it. */
export function documentSteps(fact: Schemas['Fact'], { may, organisation }: Own): readonly Step[] {
  const { id, version, total, status, authority } = fact;
  if (authority !== organisation.mspId || status === 'cancelled' || status === 'replaced') return [];
  const reason = { name: 'reason', kind: 'long', required: true } as const;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const amend: Step = {
    name: 'amend',
    fields: [{ name: 'changes.total', kind: 'money', label: 'total', required: true }, reason],
    ...(total !== undefined && { initial: { changes: { total } } }),
    send: (body: object, key) =>
      api.PATCH('/facts/{id}', { params: params(key), body: { ...body, expectedVersion: version } as never }),
  };
  const cancel: Step = {
    name: 'cancel',
    danger: true,
    fields: [reason],
    send: (body: object, key) =>
      api.POST('/facts/{id}/cancellation', {
        params: params(key),
        body: { ...body, expectedVersion: version } as never,
      }),
  };
  return [
    ...(may.includes('amendFact') && total !== undefined ? [amend] : []),
    ...(may.includes('cancelFact') ? [cancel] : []),
  ];
}
