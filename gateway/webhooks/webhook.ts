import { z } from 'zod';

/** What of the feed a webhook is told: alerts, changes, or both. */
export const webhookKinds = ['alert', 'change'] as const;

/** Why nothing is sent to a webhook: somebody's wish, the receiver's own word (410), or nothing taken for three days. */
export const pauseReasons = ['by-hand', 'gone', 'failing'] as const;

export const webhookSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(webhookKinds)).min(1),
  /** At the portal: whose entries are told; absent for all of the organisation's. */
  enterprise: z.string().optional(),
  /** The entry of the feed up to which everything was put before the receiver. */
  after: z.string(),
  paused: z.enum(pauseReasons).optional(),
  /** Private key, sealed under the gateway's master key. */
  sealedKey: z.string(),
  publicKey: z.string(),
  /** The key before it, which signs beside it until receivers have changed over. */
  formerKey: z
    .strictObject({ sealedKey: z.string(), publicKey: z.string(), until: z.iso.datetime() })
    .optional(),
  createdBy: z.string(),
  createdAt: z.string(),
  lastTakenAt: z.string().optional(),
  /** Since when the receiver has taken nothing although something was sent; absent while it takes. */
  failingSince: z.string().optional(),
});

/** An address of the organisation's own systems that is told what happens. */
export type Webhook = z.infer<typeof webhookSchema>;

export const deliverySchema = z.strictObject({
  webhook: z.string(),
  /** The entry of the feed. */
  event: z.string(),
  type: z.string(),
  /** At the portal, to a webhook that is told of everybody: whose it is. */
  enterprise: z.string().optional(),
  /** When it happened. */
  time: z.string(),
  attempts: z.number().int(),
  /** When it is sent next; absent for a dead letter. */
  nextAt: z.string().optional(),
  lastAttemptAt: z.string().optional(),
  /** What the receiver answered, or why it could not be reached. */
  lastAnswer: z.string().optional(),
});

/** Something that a receiver has not taken yet. What it has taken is not kept. */
export type Delivery = z.infer<typeof deliverySchema>;
