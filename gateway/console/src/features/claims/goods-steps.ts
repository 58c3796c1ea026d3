import { api } from '../../api/client.js';
import type { Field } from '../../ui/form/fields.js';
import type { ClaimStep, Seen } from './claim-step.js';
import { paramsOf, reasonField } from './claim-step.js';
import { isPossible } from './possible-in.js';

const papers = ['warehouse-receipt', 'bill-of-lading', 'rail-waybill'];

/** Which goods, and how much of them. @param within the part of the body in which they stand, with its dot. */
export function goodsFields(within: string, required: boolean): readonly Field[] {
  return [
    { name: `${within}document`, kind: 'document', required, options: papers },
    { name: `${within}quantity.amount`, kind: 'text', label: 'quantity', required },
    { name: `${within}quantity.unit`, kind: 'text', label: 'unit', required },
  ];
}

/** Goods that the bank lets go of before the loan is settled. */
export function goodsSteps({ claim, isOwner }: Seen): readonly ClaimStep[] {
  const { state, collateral = [] } = claim;
  const params = paramsOf(claim);
  const [goods] = collateral;
  return [
    {
      name: 'releaseGoods',
      function: 'releaseGoods',
      when: isOwner && goods !== undefined && isPossible('releaseGoods', state),
      fields: [...goodsFields('', true), reasonField],
      initial: { document: goods?.document, quantity: { unit: goods?.pledged.unit } },
      send: (body, key) => api.POST('/claims/{id}/goods-release', { params: params(key), body }),
    },
  ];
}
