import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Field } from '../../ui/form/fields.js';
import type { Step } from '../../ui/steps.js';
import type { ObjectionView } from './objection-view.js';

const reason = { name: 'reason', kind: 'long', required: true } as const;
export const evidenceField: Field = { name: 'evidence', kind: 'fingerprint', hint: 'evidence' };

/** What can be done about an objection: the holders answer, the regulator decides, whoever raised it takes it back. */
export function objectionSteps(objection: ObjectionView, { may, organisation }: Own): readonly Step[] {
  const { id, state, objector } = objection;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const isUndecided = state === 'open' || state === 'held';
  const isOwn = objector === organisation.mspId;
  const all: readonly (Step & { readonly function: string; readonly when: boolean })[] = [
    {
      name: 'answerObjection',
      function: 'answerObjection',
      when: !isOwn,
      fields: [{ name: 'text', kind: 'long', label: 'answer', required: true }, evidenceField],
      send: (body, key) => api.POST('/objections/{id}/answer', { params: params(key), body }),
    },
    {
      name: 'decideObjection',
      function: 'decideObjection',
      when: true,
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          required: true,
          options: ['hold', 'correct', 'dismiss'],
          words: 'objectionOutcome',
        },
        reason,
      ],
      initial: { outcome: 'hold' },
      send: (body, key) => api.POST('/objections/{id}/decision', { params: params(key), body }),
    },
    {
      name: 'withdrawObjection',
      function: 'withdrawObjection',
      when: isOwn,
      danger: true,
      fields: [reason],
      send: (body, key) => api.POST('/objections/{id}/withdrawal', { params: params(key), body }),
    },
  ];
  return all.filter((step) => isUndecided && step.when && may.includes(step.function));
}
