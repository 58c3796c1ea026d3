import { z } from 'zod';
import type { FeedEntry } from './feed-entry.js';
import { Conditions, CursorError } from './conditions.js';
import type { Database } from './database.js';
import { noteAlert } from './inbox/alert-marks.js';

/** What happened, in the order of the ledger. */
export const feedTableSql = `
CREATE TABLE feed (
  block INTEGER NOT NULL, position INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT NOT NULL,
  time TEXT NOT NULL, content TEXT NOT NULL, enterprise TEXT, alert TEXT, PRIMARY KEY (block, position, part)
) WITHOUT ROWID;
CREATE INDEX feed_of_enterprise ON feed (enterprise, block, position, part) WHERE enterprise IS NOT NULL;
CREATE INDEX feed_alerts ON feed (block, position, part) WHERE kind = 'alert';
CREATE INDEX feed_alerts_by_name ON feed (alert, block, position, part) WHERE alert IS NOT NULL;
CREATE INDEX feed_alerts_of_enterprise ON feed (enterprise, block, position, part)
  WHERE kind = 'alert' AND enterprise IS NOT NULL;
`;

const rowSchema = z
  .object({
    block: z.number(),
    position: z.number(),
    part: z.number(),
    kind: z.enum(['alert', 'change']),
    time: z.string(),
    content: z.string(),
    enterprise: z.string().nullable(),
  })
  .transform(({ block, position, part, kind, time, content, enterprise }): FeedEntry => ({
    id: `${block}-${position}-${part}`,
    kind,
    time,
    content: JSON.parse(content) as unknown,
    enterprise: enterprise ?? undefined,
  }));

const nameSchema = z.object({ alert: z.string() });
const placeSchema = z.object({ block: z.number(), position: z.number(), part: z.number() });

/**
 * Adds what happened at a place of the ledger, and puts an alert before those who have to look at it.
 *
 * @returns the entry, for those who follow the feed.
 */
export function addToFeed(
  database: Database,
  { block, position, part }: z.infer<typeof placeSchema>,
  what: Omit<FeedEntry, 'id'>,
): FeedEntry {
  const { kind, time, content, enterprise } = what;
  database.run('INSERT OR IGNORE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
    block,
    position,
    part,
    kind,
    time,
    JSON.stringify(content),
    enterprise ?? null,
    kind === 'alert' ? nameSchema.parse(content).alert : null,
  ]);
  const entry = { id: `${block}-${position}-${part}`, ...what };
  noteAlert(database, entry);
  return entry;
}

/** What happened, in the order of the ledger. */
export class FeedTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * What came after an entry, oldest first.
   *
   * @param enterprise at the portal: whose entries are meant.
   * @throws CursorError when the id is not one of an entry.
   */
  after(id: string, limit: number, enterprise?: string): FeedEntry[] {
    const where = new Conditions().equal('enterprise', enterprise).behind(place, placeOf(id));
    return this.#read(`${where.sql} ORDER BY block, position, part LIMIT ${limit}`, where.values);
  }

  /**
   * The latest alerts, newest first; at the portal those of an enterprise.
   *
   * @param before the entry with which the page before ended.
   * @param alert only those of this sort.
   * @throws CursorError when that is not the id of an entry.
   */
  alerts(
    limit: number,
    enterprise?: string,
    before?: string,
    alert?: string,
  ): { items: FeedEntry[]; next?: string } {
    const where = new Conditions()
      .literal(`kind = 'alert'`)
      .equal('enterprise', enterprise)
      .equal('alert', alert)
      .before(place, before === undefined ? latest : placeOf(before));
    const order = 'ORDER BY block DESC, position DESC, part DESC';
    const rows = this.#read(`${where.sql} ${order} LIMIT ${limit + 1}`, where.values);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next: last.id } : { items };
  }

  /** @throws CursorError when the id is not one of an entry. */
  find(id: string): FeedEntry | undefined {
    return this.#read('WHERE block = ? AND position = ? AND part = ?', placeOf(id))[0];
  }

  /** The id of the latest entry, whosever it is; before the first, an id that comes before all. */
  latest(): string {
    const row = this.#database.get(
      'SELECT block, position, part FROM feed ORDER BY block DESC, position DESC, part DESC LIMIT 1',
    );
    if (row === null) return '0-0-0';
    const { block, position, part } = placeSchema.parse(row);
    return `${block}-${position}-${part}`;
  }

  /**
   * Whether an entry is kept.
   *
   * @throws CursorError when the id is not one of an entry.
   */
  has(id: string): boolean {
    const sql = 'SELECT 1 FROM feed WHERE block = ? AND position = ? AND part = ?';
    return this.#database.get(sql, placeOf(id)) !== null;
  }

  #read(more: string, values: readonly (string | number)[]): FeedEntry[] {
    return z.array(rowSchema).parse(this.#database.all(`SELECT * FROM feed ${more}`, values));
  }
}

/** Where an entry stands on the ledger, as columns. */
const place = ['block', 'position', 'part'];
const latest = [Number.MAX_SAFE_INTEGER, 0, 0];

/** @throws CursorError when the id is not one of an entry. */
function placeOf(id: string): number[] {
  const [, ...parts] = /^(\d{1,15})-(\d{1,9})-(\d{1,9})$/.exec(id) ?? [];
  if (parts.length !== 3) throw new CursorError(id);
  return parts.map(Number);
}
