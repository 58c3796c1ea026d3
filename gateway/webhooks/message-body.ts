import { z } from 'zod';
import type { FeedEntry } from '../projection/feed-entry.js';
import type { Delivery } from './webhook.js';

const changeSchema = z.looseObject({ kind: z.string(), id: z.string() });
const alertSchema = z.looseObject({ alert: z.string() });

/** What an entry is called, such as `claim.changed` or `alert.overdrawn`. */
export function typeOf({ kind, content }: FeedEntry): string {
  return kind === 'alert'
    ? `alert.${alertSchema.parse(content).alert}`
    : `${changeSchema.parse(content).kind}.changed`;
}

/**
 * What travels: that something happened, and where it can be read. What it says is read over the API, by who may read it:
 * a message may be seen by whoever stands behind the address. The portal's own systems are told whose it is, and so as whom
 * it is read.
 */
export function bodyOf({
  event,
  type,
  time,
  enterprise,
}: Pick<Delivery, 'event' | 'type' | 'time' | 'enterprise'>): string {
  return JSON.stringify({ type, timestamp: time, data: { event, enterprise } });
}
