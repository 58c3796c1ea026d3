import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import type { Field } from '../../ui/form/fields.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf } from './claim-step.js';
import { goodsFields } from './goods-steps.js';
import { isPossible } from './possible-in.js';

interface Moved {
  readonly orderNumber: string;
  readonly document: Schemas['Document'];
  readonly amount: Schemas['Money'];
}

/** The course of a loan: accepted, paid out, repaid, extended, its debtor told. */
export function lendingSteps(seen: Seen): readonly ClaimStep[] {
  const { claim, isOwner } = seen;
  const { state, debtorNotice } = claim;
  const params = paramsOf(claim);
  return [
    {
      name: 'accept',
      function: 'acceptClaim',
      when: isOwner && isPossible('accept', state),
      fields: [],
      send: (body, key) => api.POST('/claims/{id}/acceptance', { params: params(key), body }),
    },
    {
      name: 'disburse',
      function: 'disburseClaim',
      when: isOwner && isPossible('disburse', state),
      fields: [{ name: 'reference', kind: 'text' }],
      send: (body, key) => api.POST('/claims/{id}/disbursement', { params: params(key), body }),
    },
    repayment(seen),
    move(seen),
    {
      name: 'extend',
      function: 'extendClaim',
      when: isOwner && (isPossible('extendReservation', state) || isPossible('extendTerm', state)),
      fields: isPossible('extendReservation', state)
        ? [{ name: 'hours', kind: 'number', required: true }]
        : [
            { name: 'dueDate', kind: 'date', required: true },
            { name: 'pastDueReason', kind: 'long', hint: 'pastDueReason' },
          ],
      send: (body, key) => api.POST('/claims/{id}/extension', { params: params(key), body }),
    },
    {
      name: 'notify',
      function: 'recordDebtorNotice',
      when: isOwner && isPossible('notify', state) && debtorNotice === undefined,
      fields: [
        { name: 'date', kind: 'date', required: true },
        { name: 'how', kind: 'text', required: true },
      ],
      send: (body, key) => api.POST('/claims/{id}/debtor-notice', { params: params(key), body }),
    },
  ];
}

/** The invoice of an order that the claim draws on has come: it carries the claim from now on, in whole or in part. */
function move({ claim, isOwner }: Seen): ClaimStep {
  const params = paramsOf(claim);
  const onOrder = claim.lines.find(
    ({ document, outstanding }) => document.type === 'purchase-order' && Number(outstanding.amount) > 0,
  );
  return {
    name: 'move',
    function: 'moveClaim',
    when: isOwner && isPossible('move', claim.state) && onOrder !== undefined,
    fields: [
      { name: 'orderNumber', kind: 'text', required: true },
      {
        name: 'document',
        kind: 'document',
        options: ['tax-invoice', 'customs-declaration', 'commercial-invoice'],
      },
      { name: 'amount', kind: 'money', required: true },
    ],
    initial: {
      orderNumber: onOrder?.document.number,
      document: { type: 'tax-invoice' },
      amount: onOrder?.outstanding,
    },
    send: (typed, key) => {
      const { orderNumber: number, document, amount } = typed as Moved;
      const lines = [{ order: { number }, document, amount }];
      return api.POST('/claims/{id}/moves', { params: params(key), body: { lines } });
    },
  };
}

const sources = ['proceeds', 'own-funds', 'recourse', 'indemnity'];

/** Money that came in. What was not paid out is not repaid. */
function repayment({ claim, isOwner }: Seen): ClaimStep {
  const { state, outstanding, lines, paidOutAt, collateral = [] } = claim;
  const params = paramsOf(claim);
  const several = lines.length > 1;
  const document: readonly Field[] = several ? [{ name: 'document', kind: 'document' }] : [];
  return {
    name: 'repay',
    function: 'repayClaim',
    when: isOwner && isPossible('repay', state) && paidOutAt !== undefined,
    fields: [
      { name: 'amount', kind: 'money', required: true },
      { name: 'source', kind: 'choice', required: true, options: sources, words: 'source' },
      ...document,
      { name: 'indemnity', kind: 'text', hint: 'indemnity' },
      ...(collateral.length > 0 ? goodsFields('release.', false) : []),
    ],
    initial: {
      amount: outstanding,
      source: 'proceeds',
      ...(several && { document: lines[0]?.document }),
    },
    send: (body, key) => api.POST('/claims/{id}/repayments', { params: params(key), body }),
  };
}
