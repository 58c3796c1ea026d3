import { z } from 'zod';
import type { FeedEntry } from '../feed-entry.js';
import type { Database } from '../database.js';
import { putWaiting } from './inbox-table.js';

/** Beside the tables, which can be built again from the blocks: these cannot, so each is on disk when it is confirmed. */
export const marksSql = `
PRAGMA marks.journal_mode = WAL; PRAGMA marks.synchronous = FULL;
CREATE TABLE IF NOT EXISTS marks.checked (
  alert TEXT PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL, remark TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks.seen (
  alert TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (alert, person)
) WITHOUT ROWID;
`;

// Made once: a schema of its own for each alert would cost more than all else that the portal does with a claim.
const alertSchema = z.object({ alert: z.string() });
const placedSchema = z.object({ transactionId: z.string().optional() });
const checkedSchema = z.object({ by: z.string(), at: z.string(), remark: z.string() });
/** Who has looked into an alert, and what they found. */
export type Checked = z.infer<typeof checkedSchema>;

export interface Marks {
  /** Whether the person has read it. */
  readonly read: boolean;
  readonly checked?: Checked;
}

/** What the people of the organisation have marked: each has read an alert or not, and one checks it for all. */
export class AlertMarks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  of(entry: FeedEntry, person: string): Marks {
    const name = nameOf(entry);
    const seen = this.#database.get('SELECT 1 FROM marks.seen WHERE alert = ? AND person = ?', [
      name,
      person,
    ]);
    const checked = checkedOf(this.#database, name);
    return { read: seen !== null, ...(checked !== undefined && { checked }) };
  }

  read(entry: FeedEntry, person: string, at: Date): void {
    const values = [nameOf(entry), person, at.toISOString()];
    this.#database.run('INSERT OR IGNORE INTO marks.seen VALUES (?, ?, ?)', values);
  }

  /**
   * From now on it waits for nobody. The first remark stays.
   *
   * @returns what is marked: another's, where somebody was quicker.
   */
  check(entry: FeedEntry, person: string, at: Date, remark: string): Checked {
    const name = nameOf(entry);
    const values = [name, person, at.toISOString(), remark];
    this.#database.run('INSERT OR IGNORE INTO marks.checked VALUES (?, ?, ?, ?)', values);
    putWaiting(this.#database, { record: 'alert', id: entry.id, time: entry.time, waiting: [] });
    return checkedSchema.parse(checkedOf(this.#database, name));
  }
}

/** An alert waits until somebody has checked it; one that was checked before the tables were built again does not. */
export function noteAlert(database: Database, entry: FeedEntry): void {
  if (entry.kind !== 'alert' || checkedOf(database, nameOf(entry)) !== undefined) return;
  const { id, time, enterprise, content } = entry;
  const { alert: cause } = alertSchema.parse(content);
  putWaiting(database, { record: 'alert', id, time, waiting: [{ kind: 'alert', cause }], enterprise });
}

function checkedOf(database: Database, name: string): Checked | undefined {
  const sql = 'SELECT person AS by, at, remark FROM marks.checked WHERE alert = ?';
  const row = database.get(sql, [name]);
  return row === null ? undefined : checkedSchema.parse(row);
}

/** By its transaction: in a registry begun anew the same place of a block is another alert. */
function nameOf({ id, content }: FeedEntry): string {
  const { transactionId } = placedSchema.parse(content);
  return transactionId === undefined ? id : `${transactionId}/${id.split('-')[2] ?? ''}`;
}
