import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';

interface Payment {
  readonly id: string;
  readonly state: string;
  readonly purpose: string;
}

/** What can be done with a payment that is marked: its bank takes it back, the regulator lifts marks of an offshore one. */
export function paymentSteps({ id, state, purpose }: Payment, { may }: Own): readonly Step[] {
  if (state !== 'marked') return [];
  const fields = [{ name: 'reason', kind: 'long', required: true }] as const;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const reverse: Step = {
    name: 'reverse',
    danger: true,
    fields,
    send: (body, key) => api.POST('/payments/{id}/reversal', { params: params(key), body }),
  };
  const lift: Step = {
    name: 'liftMark',
    danger: true,
    fields,
    send: (body, key) => api.POST('/payments/{id}/lifting', { params: params(key), body }),
  };
  return [
    ...(may.includes('reversePayment') ? [reverse] : []),
    ...(may.includes('liftMark') && purpose === 'offshore-trade' ? [lift] : []),
  ];
}
