import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Field } from '../../ui/form/fields.js';
import type { Step } from '../../ui/steps.js';
import { webhookKinds, type WebhookView } from './webhook-view.js';

const fields: readonly Field[] = [
  { name: 'url', kind: 'text', required: true, hint: 'webhookUrl' },
  { name: 'kinds', kind: 'choices', label: 'told', options: webhookKinds, words: 'webhookKind' },
];

/** Whose records it tells of; the portal's own tell of everybody's. */
const whose: readonly Field[] = [
  { name: 'uscc', kind: 'text', hint: 'webhookOf' },
  { name: 'party', kind: 'party' },
];

/** Names an address of the organisation's own systems. */
export function newWebhook(isPortal: boolean, onDone: (made: WebhookView) => void): Step {
  return {
    name: 'makeWebhook',
    fields: isPortal ? [...fields, ...whose] : fields,
    initial: { kinds: [...webhookKinds], ...(isPortal && { party: { scheme: 'VAT' } }) },
    about: 'webhooks.made',
    send: (body, key) => api.POST('/webhooks', { params: once(key), body }),
    onDone: (made) => {
      onDone(made as WebhookView);
    },
  };
}

/** What an admin can do with a webhook, as it stands. */
export function webhookSteps({ id, url, kinds, state }: WebhookView, onRemoved: () => void): Step[] {
  const at = (key: string) => ({ params: { path: { id }, ...once(key) } });
  const turnTo = (to: 'active' | 'by-hand') => (_body: never, key: string) =>
    api.PATCH('/webhooks/{id}', { ...at(key), body: { state: to } });
  return [
    state === 'active'
      ? {
          name: 'pauseWebhook',
          fields: [],
          secondary: true,
          about: 'webhooks.paused',
          send: turnTo('by-hand'),
        }
      : { name: 'resumeWebhook', fields: [], about: 'webhooks.resumed', send: turnTo('active') },
    {
      name: 'changeWebhook',
      secondary: true,
      fields,
      initial: { url, kinds },
      send: (body, key) => api.PATCH('/webhooks/{id}', { ...at(key), body }),
    },
    {
      name: 'replayWebhook',
      secondary: true,
      fields: [{ name: 'after', kind: 'text', label: 'afterEvent', hint: 'afterEvent' }],
      about: 'webhooks.replayed',
      // Where no event is named the form is empty, and an empty form has no body.
      send: (body: object | undefined, key) =>
        api.POST('/webhooks/{id}/replays', { ...at(key), body: body ?? {} }),
    },
    {
      name: 'removeWebhook',
      danger: true,
      fields: [],
      about: 'webhooks.removed',
      send: (_body, key) => api.DELETE('/webhooks/{id}', at(key)),
      onDone: onRemoved,
    },
  ];
}
