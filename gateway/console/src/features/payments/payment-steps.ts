import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';

interface Payment {
  readonly id: string;
  readonly state: string;
  readonly purpose: string;
  readonly awaiting?: { readonly proposedBy: string; readonly endsAt: string } | undefined;
}

const fields = [{ name: 'reason', kind: 'long', required: true }] as const;

/** What can be done with a payment that is marked: two of its bank take it back, the regulator lifts marks of an offshore one. */
export function paymentSteps(payment: Payment, own: Own): readonly Step[] {
  const { id, state, purpose } = payment;
  if (state !== 'marked') return [];
  const { may } = own;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const lift: Step = {
    name: 'liftMark',
    danger: true,
    fields,
    send: (body, key) => api.POST('/payments/{id}/lifting', { params: params(key), body }),
  };
  return [
    ...reversalSteps(payment, own),
    ...(may.includes('liftMark') && purpose === 'offshore-trade' ? [lift] : []),
  ];
}

/** One person proposes to take it back; another one confirms or returns it. What has lapsed is proposed anew. */
function reversalSteps({ id, awaiting }: Payment, { may, person }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const isOwnWork = awaiting?.proposedBy === person.id;
  if (awaiting === undefined || Date.parse(awaiting.endsAt) < Date.now()) {
    const reverse: Step = {
      name: 'reverse',
      danger: true,
      twoPeople: true,
      fields,
      send: (body, key) => api.POST('/payments/{id}/reversal', { params: params(key), body }),
    };
    return may.includes('reversePayment') ? [reverse] : [];
  }
  const confirm: Step = {
    name: 'confirmStep',
    ...(isOwnWork && { blocked: 'ownWork' }),
    fields: [],
    send: (body, key) => api.POST('/payments/{id}/awaiting/confirmation', { params: params(key), body }),
  };
  const giveBack: Step = {
    name: isOwnWork ? 'takeStepBack' : 'returnStep',
    secondary: true,
    fields,
    send: (body, key) => api.POST('/payments/{id}/awaiting/return', { params: params(key), body }),
  };
  return [
    ...(may.includes('confirmPaymentStep') ? [confirm] : []),
    ...(may.includes('returnPaymentStep') ? [giveBack] : []),
  ];
}
