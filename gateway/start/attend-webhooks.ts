import type { Logger } from 'pino';
import type { ApiContext } from '../api/context.js';
import type { OrganisationConfig } from '../config.js';
import type { Metrics } from '../metrics.js';
import type { Follower } from '../projection/follower.js';
import type { Projection } from '../projection/projection.js';
import type { DurableStore } from '../storage/durable-store.js';
import { Rounds } from '../time/rounds.js';
import { AllowedAddresses } from '../webhooks/allowed-addresses.js';
import { Courier } from '../webhooks/courier.js';
import { SigningKeys } from '../webhooks/signing-key.js';
import { WebhookStore } from '../webhooks/webhook-store.js';
import type { CleanUps } from './clean-ups.js';

/** How often it is looked for what is to be sent again; what is new is sent as soon as it is known. */
const lookEveryMs = 1_000;

export interface WebhookParts {
  readonly config: Pick<OrganisationConfig, 'webhookNetworks'>;
  readonly store: DurableStore;
  readonly projection: Pick<Projection, 'feed'>;
  readonly follower: Pick<Follower, 'subscribe'>;
  readonly masterKey: Uint8Array;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Opens the organisation's webhooks, and tells their receivers from then on. */
export async function attendWebhooks(
  { config, store, projection, follower, masterKey, metrics, log }: WebhookParts,
  cleanUps: CleanUps,
): Promise<Pick<ApiContext, 'webhooks' | 'allowedAddresses' | 'signingKeys'>> {
  const webhooks = await WebhookStore.open(store);
  const allowedAddresses = new AllowedAddresses(config.webhookNetworks);
  const signingKeys = new SigningKeys(masterKey);
  const sent = metrics.webhookSent.bind(metrics);
  const courier = new Courier({
    webhooks,
    feed: projection.feed,
    allowed: allowedAddresses,
    keys: signingKeys,
    log,
    sent,
  });
  const setOut = () => courier.setOut();
  const rounds = new Rounds(lookEveryMs, setOut, log, 'webhooks not attended to');
  const wake = () => void setOut();
  const unsubscribe = follower.subscribe(wake, wake);
  cleanUps.add(async () => {
    unsubscribe();
    await rounds.stop();
    await courier.stop();
  });
  rounds.start();
  return { webhooks, allowedAddresses, signingKeys };
}
