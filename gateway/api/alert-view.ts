import { documentSchema, moneySchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { FeedEntry } from '../projection/feed-entry.js';
import { concernedBy } from '../projection/inbox/concerned-records.js';
import type { Projection } from '../projection/projection.js';
import { causeOf } from './alert-causes.js';
import { shown } from './http/event-stream.js';

/** An entry of the feed as it travels. */
export const eventSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['alert', 'change']),
  time: z.string(),
  content: z.unknown(),
});

/** A record that an alert is about: what the organisation itself knows of it. */
export const concernedSchema = z.strictObject({
  record: z.enum(['claim', 'transfer', 'payment', 'document', 'objection', 'notice']),
  id: z.string(),
  document: documentSchema.optional(),
  /** What is still owed on a claim, or was paid. */
  amount: moneySchema.optional(),
  applicationNumber: z.string().optional(),
  reference: z.string().optional(),
  state: z.string().optional(),
  due: z.string().optional(),
});

const checkedSchema = z.strictObject({ by: z.string(), at: z.string(), remark: z.string() });

/** An alert as a person works on it. */
export const alertSchema = z.strictObject({
  ...eventSchema.shape,
  /** What has happened, in a sentence. */
  cause: z.string(),
  concerns: z.array(concernedSchema),
  /** Whether this person has read it. */
  read: z.boolean(),
  /** Who of the organisation has looked into it. */
  checked: checkedSchema.optional(),
});

/** @param person whose marks are meant. */
export function alertView(
  projection: Projection,
  entry: FeedEntry,
  person: string,
): z.infer<typeof alertSchema> {
  const { alert } = z.object({ alert: z.string() }).parse(entry.content);
  return {
    ...shown(entry),
    cause: causeOf(alert),
    concerns: concernedBy(projection, entry),
    ...projection.marks.of(entry, person),
  };
}
