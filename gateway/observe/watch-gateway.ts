import type { ApiContext } from '../api/context.js';
import { dayMs } from '../ends/ends.js';
import type { CertificateEnd } from '../ends/ends.js';

export type WatchedParts = Pick<ApiContext, 'metrics' | 'latestBlock' | 'outbox' | 'webhooks'> & {
  readonly ends: () => Promise<readonly CertificateEnd[]>;
};

/** Figures that are asked for when somebody reads the metrics. */
export function watchGateway({ metrics, latestBlock, outbox, webhooks, ends }: WatchedParts): void {
  metrics.watch('pledgeonce_chain_height', 'Blocks that the organisation’s peer is known to have', [], () => [
    { value: latestBlock() + 1 },
  ]);
  metrics.watch(
    'pledgeonce_queue_depth',
    'What waits: transactions without a verdict, messages of webhooks that are sent again, and those that are given up',
    ['queue'],
    async () => {
      const deliveries = webhooks.all.flatMap(({ id }) => webhooks.deliveriesOf(id));
      const dead = deliveries.filter(({ nextAt }) => nextAt === undefined).length;
      return [
        { labels: { queue: 'transactions' }, value: await outbox.countOpen() },
        { labels: { queue: 'webhooks' }, value: deliveries.length - dead },
        { labels: { queue: 'dead-letters' }, value: dead },
      ];
    },
  );
  metrics.watch(
    'pledgeonce_certificate_days_left',
    'Days until a certificate ends on which the gateway depends',
    ['certificate'],
    async () =>
      (await ends()).map(({ name, endsAt }) => ({
        labels: { certificate: name },
        value: (endsAt - Date.now()) / dayMs,
      })),
  );
}
