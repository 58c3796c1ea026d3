import { compareEntries } from '../projection/feed-entry.js';
import type { DurableStore } from '../storage/durable-store.js';
import { deliverySchema, webhookSchema, type Delivery, type Webhook } from './webhook.js';

const webhookPrefix = 'webhook/';
const deliveryPrefix = 'webhook-delivery/';

/**
 * The organisation's webhooks and what their receivers have not taken yet. Changed at once in memory, which one change
 * after the other builds on, and then on disk; what a crash takes from the disk is sent once more.
 */
export class WebhookStore {
  readonly #store: DurableStore;
  readonly #webhooks = new Map<string, Webhook>();
  readonly #deliveries = new Map<string, Map<string, Delivery>>();

  private constructor(store: DurableStore) {
    this.#store = store;
  }

  /** Reads what a former process has kept. */
  static async open(store: DurableStore): Promise<WebhookStore> {
    const opened = new WebhookStore(store);
    for await (const [, kept] of store.entries(webhookPrefix)) {
      const webhook = webhookSchema.parse(kept);
      opened.#webhooks.set(webhook.id, webhook);
    }
    for await (const [, kept] of store.entries(deliveryPrefix)) {
      const delivery = deliverySchema.parse(kept);
      opened.#of(delivery.webhook).set(delivery.event, delivery);
    }
    return opened;
  }

  /** In the order in which they were made. */
  get all(): readonly Webhook[] {
    return [...this.#webhooks.values()].toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  }

  find(id: string): Webhook | undefined {
    return this.#webhooks.get(id);
  }

  /** What a receiver has not taken, in the order of the ledger; dead letters have no time at which they are sent next. */
  deliveriesOf(webhook: string): readonly Delivery[] {
    return inOrder([...this.#of(webhook).values()]);
  }

  /** What is sent again: without dead letters, of which there may be many, and which nothing has to be done with. */
  waitingOf(webhook: string): readonly (Delivery & { readonly nextAt: string })[] {
    return inOrder([...this.#of(webhook).values()].filter(isWaiting));
  }

  async put(webhook: Webhook): Promise<void> {
    this.#webhooks.set(webhook.id, webhook);
    await this.#store.put(webhookPrefix + webhook.id, webhook);
  }

  /** Changes a webhook as it stands now. A webhook that was removed meanwhile stays removed. */
  async change(
    id: string,
    changes: { readonly [K in keyof Webhook]?: Webhook[K] | undefined },
  ): Promise<void> {
    const webhook = this.#webhooks.get(id);
    if (webhook !== undefined) await this.put(webhookSchema.parse({ ...webhook, ...changes }));
  }

  async putDelivery(delivery: Delivery): Promise<void> {
    if (!this.#webhooks.has(delivery.webhook)) return;
    this.#of(delivery.webhook).set(delivery.event, delivery);
    await this.#store.put(keyOf(delivery), delivery);
  }

  /** The receiver has it, or nobody wants it any more. */
  async removeDelivery(delivery: Pick<Delivery, 'webhook' | 'event'>): Promise<void> {
    this.#of(delivery.webhook).delete(delivery.event);
    await this.#store.delete(keyOf(delivery));
  }

  async remove(id: string): Promise<void> {
    this.#webhooks.delete(id);
    await this.#store.delete(webhookPrefix + id);
    for (const delivery of this.deliveriesOf(id)) await this.removeDelivery(delivery);
    this.#deliveries.delete(id);
  }

  #of(webhook: string): Map<string, Delivery> {
    const found = this.#deliveries.get(webhook) ?? new Map<string, Delivery>();
    this.#deliveries.set(webhook, found);
    return found;
  }
}

function keyOf({ webhook, event }: Pick<Delivery, 'webhook' | 'event'>): string {
  return `${deliveryPrefix}${webhook}/${event}`;
}

function isWaiting(delivery: Delivery): delivery is Delivery & { readonly nextAt: string } {
  return delivery.nextAt !== undefined;
}

function inOrder<T extends Delivery>(deliveries: readonly T[]): readonly T[] {
  return deliveries.toSorted((one, other) => compareEntries(one.event, other.event));
}
