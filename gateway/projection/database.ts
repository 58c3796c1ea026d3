import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'libsql';
import { auditTableSql } from './audit-tables.js';
import { claimSumsSql } from './claim-sums.js';
import { inboxTableSql } from './inbox/inbox-table.js';
import { marksSql } from './inbox/alert-marks.js';
import { paymentTableSql } from './payment-statistics.js';
import { viewTables, viewTableSql } from './view-table.js';

/** Raised when the tables change: an older file is thrown away and built again from block 0. */
const schemaVersion = 13;

const tables = `
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1), next_block INTEGER NOT NULL, last_hash TEXT NOT NULL
);
INSERT INTO checkpoint VALUES (1, 0, '');
CREATE TABLE transactions (
  tx_id TEXT PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL, time TEXT NOT NULL,
  msp TEXT NOT NULL, signer TEXT NOT NULL, code INTEGER NOT NULL, hashes TEXT NOT NULL
);
CREATE TABLE facts (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, enterprise TEXT, state TEXT NOT NULL,
  seq INTEGER NOT NULL, type TEXT, number TEXT
);
CREATE INDEX facts_by_number ON facts (number) WHERE number IS NOT NULL;
CREATE INDEX facts_by_type ON facts (type) WHERE type IS NOT NULL;
CREATE INDEX facts_by_state ON facts (state);
CREATE INDEX facts_unread ON facts (ordinal) WHERE type IS NULL;
CREATE INDEX facts_by_enterprise ON facts (enterprise) WHERE enterprise IS NOT NULL;
CREATE TABLE claims (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
  state TEXT NOT NULL, seq INTEGER NOT NULL, enterprise TEXT NOT NULL, product TEXT NOT NULL,
  currency TEXT NOT NULL, amount INTEGER NOT NULL, outstanding INTEGER NOT NULL, due_date TEXT NOT NULL,
  time_up TEXT, at_rate INTEGER, month TEXT NOT NULL, view TEXT NOT NULL
);
CREATE INDEX claims_by_state ON claims (state);
CREATE INDEX claims_by_product ON claims (product);
CREATE INDEX claims_by_owner ON claims (owner);
CREATE INDEX claims_by_owner_state ON claims (owner, state);
CREATE INDEX claims_by_enterprise ON claims (enterprise);
CREATE INDEX claims_by_enterprise_state ON claims (enterprise, state);
CREATE INDEX claims_by_due_date ON claims (due_date);
CREATE INDEX claims_by_state_due_date ON claims (state, due_date);
CREATE INDEX claims_by_product_due_date ON claims (product, due_date);
CREATE INDEX claims_by_owner_due_date ON claims (owner, due_date);
CREATE INDEX claims_by_enterprise_due_date ON claims (enterprise, due_date);
CREATE INDEX claims_time_up ON claims (time_up) WHERE time_up IS NOT NULL;
CREATE INDEX claims_at_rate ON claims (at_rate, ordinal) WHERE at_rate IS NOT NULL;
${claimSumsSql}
CREATE TABLE feed (
  block INTEGER NOT NULL, position INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT NOT NULL,
  time TEXT NOT NULL, content TEXT NOT NULL, enterprise TEXT, PRIMARY KEY (block, position, part)
) WITHOUT ROWID;
CREATE INDEX feed_of_enterprise ON feed (enterprise, block, position, part) WHERE enterprise IS NOT NULL;
CREATE INDEX feed_alerts ON feed (block, position, part) WHERE kind = 'alert';
CREATE INDEX feed_alerts_of_enterprise ON feed (enterprise, block, position, part)
  WHERE kind = 'alert' AND enterprise IS NOT NULL;
${viewTables.map(viewTableSql).join('\n')}
${inboxTableSql}${paymentTableSql}${auditTableSql}PRAGMA user_version = ${schemaVersion};
`;

type Value = string | number | bigint | null;
type Row = Readonly<Record<string, Value>>;

/** Compiled statements that are kept. */
const mostStatements = 200;

/** One SQLite file. Statements are compiled once: every block runs the same few. */
export class Database {
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(file: string) {
    this.#sqlite = new Sqlite(file);
    // A crash of the process loses nothing; after a power cut the last blocks may be missing and are read again.
    this.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
    // Most keys are hashes, so a block touches pages all over the file: 16 MB of them stay in memory and in the log.
    this.exec('PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000');
  }

  /** Runs statements that answer nothing. */
  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  run(sql: string, values: readonly Value[] = []): void {
    this.#prepare(sql).run(values);
  }

  get(sql: string, values: readonly Value[] = []): Row | null {
    return (this.#prepare(sql).get(values) as Row | undefined) ?? null;
  }

  all(sql: string, values: readonly Value[] = []): readonly Row[] {
    return this.#prepare(sql).all(values) as readonly Row[];
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    // Searches put filters together in many ways; what they need again is compiled again.
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#sqlite.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Opens the projection's file, or makes it.
 *
 * @param rebuild Throws away what is there; the blocks are read again from the first.
 */
export function openDatabase(file: string, rebuild = false): Database {
  if (rebuild) removeDatabase(file);
  const database = new Database(file);
  if (database.get('PRAGMA user_version')?.['user_version'] === schemaVersion)
    return withMarks(database, file);
  database.close();
  removeDatabase(file);
  const fresh = new Database(file);
  fresh.exec(`BEGIN; ${tables} COMMIT;`);
  return withMarks(fresh, file);
}

const inMemory = ':memory:';

/** What people have marked is in no block: it lies in a file of its own, which is not thrown away with the tables. */
function withMarks(database: Database, file: string): Database {
  const marks = file === inMemory ? inMemory : join(dirname(file), 'marks.sqlite');
  database.run('ATTACH DATABASE ? AS marks', [marks]);
  database.exec(marksSql);
  return database;
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}
