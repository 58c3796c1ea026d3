import { z } from 'zod';
import type { Database } from '../database.js';
import type { BlockTransaction } from '../read-block.js';
import { putWaiting } from './inbox-table.js';

const idsSchema = z.array(z.object({ id: z.string() }));

/** A document that was to be set right waits no longer once its authority has changed it. */
export function noteCorrected(database: Database, { event, time }: BlockTransaction): void {
  for (const { kind, id: fact, seq } of event?.changes ?? []) {
    if (kind !== 'fact' || seq === 1) continue;
    const ordered = `SELECT id FROM objections WHERE parent = ? AND state = 'correction-ordered'`;
    for (const { id } of idsSchema.parse(database.all(ordered, [fact]))) {
      putWaiting(database, { record: 'objection', id, time, waiting: [] });
    }
  }
}
