import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Step } from '../../ui/steps.js';
import type { Rules } from './rules.js';

const stepNames = [
  'disbursement',
  'repayment',
  'extension',
  'amendment',
  'cancellation',
  'rates',
  'people',
] as const;

interface Whose {
  readonly whose: string;
}

/** What the regulator's approver records. What is not named in a request stays as it was; a table is sent whole. */
export function policySteps({ ownDocuments, payoutDays, twoPeople, consent }: Rules): readonly Step[] {
  const send = (body: object, key: string) =>
    api.POST('/registry/policy', { params: once(key), body: body as never });
  const whose = { name: 'whose', kind: 'text', required: true, hint: 'whose' } as const;
  return [
    {
      name: 'setRules',
      fields: [
        {
          name: 'ownDocuments',
          kind: 'choice',
          required: true,
          options: ['refused', 'allowed'],
          words: 'ownDocuments',
        },
        { name: 'payoutDays', kind: 'number', required: true },
      ],
      initial: { ownDocuments, payoutDays },
      send,
    },
    {
      name: 'setTwoPeople',
      secondary: true,
      fields: [whose, { name: 'steps', kind: 'choices', options: stepNames, words: 'twoPeople' }],
      initial: { steps: [] },
      send: (body: Whose & { readonly steps?: readonly string[] }, key) =>
        send({ twoPeople: { ...twoPeople, [body.whose]: body.steps ?? [] } }, key),
    },
    {
      name: 'setConsent',
      secondary: true,
      fields: [
        whose,
        {
          name: 'consent',
          kind: 'choice',
          required: true,
          options: ['none', 'bank', 'document'],
          words: 'consentFor',
        },
      ],
      send: (body: Whose & { readonly consent: string }, key) =>
        send({ consent: { ...consent, [body.whose]: body.consent } }, key),
    },
  ];
}
