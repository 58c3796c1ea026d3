import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';

type Claim = Schemas['Claim'];

const paidOut = ['disbursed', 'partly-repaid', 'overdue'];
const openStates = ['reserved', 'accepted', ...paidOut];

/** What this person's organisation can do with a claim as it stands, the usual thing first. The ledger decides. */
export function claimSteps(claim: Claim, { may, organisation }: Own): readonly Step[] {
  const { id, state, offeredTo, owner, outstanding, lines } = claim;
  const isOwner = owner === organisation.mspId;
  const isIn = (...states: readonly string[]) => states.includes(state);
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const reason = { name: 'reason', kind: 'long', required: true } as const;
  const document = lines.length > 1 ? [{ name: 'document', kind: 'document' } as const] : [];
  const all: readonly (Step & { readonly step: string; readonly when: boolean })[] = [
    {
      name: 'accept',
      step: 'acceptClaim',
      when: isOwner && isIn('reserved'),
      fields: [],
      send: (body, key) => api.POST('/claims/{id}/acceptance', { params: params(key), body }),
    },
    {
      name: 'disburse',
      step: 'disburseClaim',
      when: isOwner && isIn('accepted'),
      fields: [{ name: 'reference', kind: 'text' }],
      send: (body, key) => api.POST('/claims/{id}/disbursement', { params: params(key), body }),
    },
    {
      name: 'repay',
      step: 'repayClaim',
      when: isOwner && isIn(...paidOut, 'settled'),
      fields: [
        { name: 'amount', kind: 'money', required: true },
        {
          name: 'source',
          kind: 'choice',
          required: true,
          options: ['proceeds', 'own-funds', 'indemnity'],
          words: 'source',
        },
        ...document,
        { name: 'indemnity', kind: 'text', hint: 'indemnity' },
      ],
      initial: {
        amount: outstanding,
        source: 'proceeds',
        ...(lines[0] && lines.length > 1 && { document: lines[0].document }),
      },
      send: (body, key) => api.POST('/claims/{id}/repayments', { params: params(key), body }),
    },
    {
      name: 'extend',
      step: 'extendClaim',
      when: isOwner && isIn(...openStates),
      fields: isIn('reserved', 'accepted')
        ? [{ name: 'hours', kind: 'number', required: true }]
        : [
            { name: 'dueDate', kind: 'date', required: true },
            { name: 'pastDueReason', kind: 'long', hint: 'pastDueReason' },
          ],
      send: (body, key) => api.POST('/claims/{id}/extension', { params: params(key), body }),
    },
    {
      name: 'notify',
      step: 'recordDebtorNotice',
      when: isOwner && isIn(...openStates) && claim.debtorNotice === undefined,
      fields: [
        { name: 'date', kind: 'date', required: true },
        { name: 'how', kind: 'text', required: true },
      ],
      send: (body, key) => api.POST('/claims/{id}/debtor-notice', { params: params(key), body }),
    },
    {
      name: 'offerTransfer',
      step: 'offerTransfer',
      when: isOwner && isIn('accepted', ...paidOut) && offeredTo === undefined,
      fields: [{ name: 'to', kind: 'text', required: true, hint: 'bank' }],
      send: (body, key) => api.POST('/claims/{id}/transfer', { params: params(key), body }),
    },
    {
      name: 'acceptTransfer',
      step: 'acceptTransfer',
      when: offeredTo === organisation.mspId,
      fields: [{ name: 'applicationNumber', kind: 'text', required: true }],
      send: (body, key) => api.POST('/claims/{id}/transfer/acceptance', { params: params(key), body }),
    },
    {
      name: 'declineTransfer',
      step: 'declineTransfer',
      when: offeredTo === organisation.mspId,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/claims/{id}/transfer/refusal', { params: params(key), body }),
    },
    {
      name: 'dispute',
      step: 'disputeClaim',
      when: isIn(...openStates),
      fields: [reason],
      send: (body: object, key) =>
        api.POST('/claims/{id}/dispute', {
          params: params(key),
          body: { ...body, ...(!isOwner && { owner }) } as never,
        }),
    },
    {
      name: 'resolve',
      step: 'resolveDispute',
      when: isIn('disputed'),
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          required: true,
          options: ['upheld', 'dismissed', 'withdrawn'],
          words: 'outcome',
        },
        reason,
      ],
      initial: { outcome: 'withdrawn' },
      send: (body: object, key) =>
        api.POST('/claims/{id}/dispute/resolution', {
          params: params(key),
          body: { ...body, ...(!isOwner && { owner }) } as never,
        }),
    },
    {
      name: 'withdraw',
      step: 'withdrawClaim',
      when: isOwner && isIn('reserved', 'accepted'),
      danger: true,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/claims/{id}/withdrawal', { params: params(key), body }),
    },
    {
      name: 'reject',
      step: 'rejectClaim',
      when: isOwner && isIn('reserved', 'accepted'),
      danger: true,
      fields: [reason],
      send: (body, key) => api.POST('/claims/{id}/rejection', { params: params(key), body }),
    },
  ];
  return all.filter(({ step, when }) => when && may.includes(step));
}
