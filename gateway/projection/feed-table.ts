import { z } from 'zod';
import type { FeedEntry } from './apply-block.js';
import { CursorError } from './conditions.js';
import type { Database } from './database.js';

const rowSchema = z
  .object({
    block: z.number(),
    position: z.number(),
    part: z.number(),
    kind: z.enum(['alert', 'change']),
    time: z.string(),
    content: z.string(),
  })
  .transform(({ block, position, part, kind, time, content }): FeedEntry => ({
    id: `${block}-${position}-${part}`,
    kind,
    time,
    content: JSON.parse(content) as unknown,
  }));

/** What happened, in the order of the ledger. */
export class FeedTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * What came after an entry, oldest first.
   *
   * @throws CursorError when the id is not one of an entry.
   */
  after(id: string, limit: number): FeedEntry[] {
    const [, ...parts] = /^(\d{1,15})-(\d{1,9})-(\d{1,9})$/.exec(id) ?? [];
    if (parts.length !== 3) throw new CursorError(id);
    return z.array(rowSchema).parse(
      this.#database.all(
        `SELECT * FROM feed WHERE (block, position, part) > (?, ?, ?)
           ORDER BY block, position, part LIMIT ${limit}`,
        parts.map(Number),
      ),
    );
  }

  /** The latest alerts, newest first. */
  alerts(limit: number): FeedEntry[] {
    return z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT * FROM feed WHERE kind = 'alert' ORDER BY block DESC, position DESC, part DESC LIMIT ${limit}`,
        ),
      );
  }
}
