import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';
import type { RequestView } from './requests.js';

/** What can be done with a request while it is open: a bank offers, whoever asked takes it back. */
export function requestSteps({ id, state, amount }: RequestView, { may }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const steps: readonly (Step & { readonly step: string })[] = [
    {
      name: 'offer',
      step: 'sealOffer',
      fields: [
        { name: 'amount', kind: 'money', required: true },
        { name: 'rate', kind: 'text', required: true, hint: 'rate' },
        { name: 'fees', kind: 'money' },
        { name: 'validUntil', kind: 'moment', required: true },
      ],
      initial: { amount, fees: { currency: amount.currency } },
      send: (body, key) => api.POST('/financing-requests/{id}/offers', { params: params(key), body }),
    },
    {
      name: 'withdrawRequest',
      step: 'withdrawRequest',
      danger: true,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/financing-requests/{id}/withdrawal', { params: params(key), body }),
    },
  ];
  return state === 'open' ? steps.filter(({ step }) => may.includes(step)) : [];
}
