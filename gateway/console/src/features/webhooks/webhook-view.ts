import type { paths } from '@pledgeonce/client';

export type WebhookView = paths['/webhooks/{id}']['get']['responses'][200]['content']['application/json'];
export type Delivery =
  paths['/webhooks/{id}/deliveries']['get']['responses'][200]['content']['application/json']['items'][number];

/** What of the feed a webhook is told. */
export const webhookKinds = ['alert', 'change'] as const;
