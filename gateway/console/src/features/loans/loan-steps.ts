import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';
import type { LoanView } from './loans.js';

/** What people can do with a loan application as it stands. */
export function loanSteps(loan: LoanView, { may, person }: Own): readonly Step[] {
  const { id, state, seq, amount, recommendation } = loan;
  const isOpen = state === 'submitted' || state === 'referred';
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const isOwnWork = recommendation?.by === person.id;
  const all: readonly (Step & { readonly step: string; readonly when: boolean })[] = [
    {
      name: 'recommend',
      step: 'recommendLoan',
      when: state === 'referred',
      fields: [
        { name: 'amount', kind: 'money', required: true },
        { name: 'rate', kind: 'text', required: true, hint: 'rate' },
        { name: 'note', kind: 'long' },
      ],
      initial: { amount },
      send: (body, key) => api.POST('/loan-applications/{id}/recommendation', { params: params(key), body }),
    },
    {
      name: 'approve',
      step: 'approveLoan',
      when: state === 'referred' && recommendation !== undefined,
      ...(isOwnWork && { blocked: 'ownWork' }),
      fields: [],
      send: (_body, key) =>
        api.POST('/loan-applications/{id}/approval', { params: params(key), body: { expectedSeq: seq } }),
    },
    {
      name: 'decline',
      step: 'declineLoan',
      when: state === 'referred',
      danger: true,
      fields: [{ name: 'reason', kind: 'long', required: true }],
      send: (body, key) => api.POST('/loan-applications/{id}/decline', { params: params(key), body }),
    },
    {
      name: 'withdrawLoan',
      step: 'withdrawLoan',
      when: isOpen,
      danger: true,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/loan-applications/{id}/withdrawal', { params: params(key), body }),
    },
  ];
  return all.filter(({ step, when }) => when && may.includes(step));
}
