import { resemblanceReasons } from '../audit/resemblance.js';
import type { Database } from './database.js';

/** Why a document should have been seen before money was paid out on another one. */
export const lateReasons = [...resemblanceReasons, 'trade'] as const;
type LateReason = (typeof lateReasons)[number];

/** What resembles, or belongs with, a document that money had been paid out on; `audit-queries.ts` lists it. */
export const lateDuplicateSql = `
CREATE TABLE late_duplicates (
  ordinal INTEGER PRIMARY KEY, later TEXT NOT NULL, earlier TEXT NOT NULL, reasons TEXT NOT NULL,
  block INTEGER NOT NULL, UNIQUE (later, earlier)
);
CREATE TABLE late_reasons (
  reason TEXT NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (reason, ordinal)
) WITHOUT ROWID;
CREATE TABLE late_crowds (later TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
`;

/** Late duplicates that are noted of one document; that there are more is noted too. */
const mostNoted = 10;

/** What is noted of one document: so many others, and then only that there are more. */
export class LateNotes {
  readonly #pairs = new Set<string>();
  readonly #database: Database;
  readonly #block: number;
  readonly #fact: string;

  constructor(database: Database, block: number, fact: string) {
    this.#database = database;
    this.#block = block;
    this.#fact = fact;
  }

  add(later: string, earlier: string, reason: LateReason): void {
    const pair = `${later} ${earlier}`;
    if (!this.#pairs.has(pair) && this.#pairs.size >= mostNoted) {
      this.#database.run('INSERT OR IGNORE INTO late_crowds VALUES (?)', [this.#fact]);
      return;
    }
    this.#pairs.add(pair);
    note(this.#database, this.#block, later, earlier, reason);
  }
}

function note(database: Database, block: number, later: string, earlier: string, reason: LateReason): void {
  database.run(
    `INSERT INTO late_duplicates (later, earlier, reasons, block) VALUES (?, ?, ?, ?)
     ON CONFLICT (later, earlier) DO UPDATE SET reasons = reasons || ' ' || excluded.reasons
     WHERE ' ' || reasons || ' ' NOT LIKE '% ' || excluded.reasons || ' %'`,
    [later, earlier, reason, block],
  );
  database.run(
    'INSERT OR IGNORE INTO late_reasons SELECT ?, ordinal FROM late_duplicates WHERE later = ? AND earlier = ?',
    [reason, later, earlier],
  );
}
