import { rmSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import type { Database } from 'node-sqlite3-wasm';
import { viewTables, viewTableSql } from './view-table.js';

/** Raised when the tables change: an older file is thrown away and built again from block 0. */
const schemaVersion = 3;

const tables = `
CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), next_block INTEGER NOT NULL);
INSERT INTO checkpoint VALUES (1, 0);
CREATE TABLE transactions (
  tx_id TEXT PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL, time TEXT NOT NULL,
  msp TEXT NOT NULL, signer TEXT NOT NULL, code INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE hashes (
  collection TEXT NOT NULL, key_hash TEXT NOT NULL, value_hash TEXT NOT NULL, tx_id TEXT NOT NULL,
  PRIMARY KEY (collection, key_hash, value_hash)
) WITHOUT ROWID;
CREATE TABLE facts (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, authority TEXT NOT NULL,
  state TEXT NOT NULL, seq INTEGER NOT NULL, type TEXT, number TEXT
);
CREATE INDEX facts_by_number ON facts (number);
CREATE TABLE claims (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
  state TEXT NOT NULL, seq INTEGER NOT NULL, enterprise TEXT NOT NULL, product TEXT NOT NULL,
  currency TEXT NOT NULL, amount INTEGER NOT NULL, outstanding INTEGER NOT NULL, due_date TEXT NOT NULL,
  expires_at TEXT, month TEXT NOT NULL, view TEXT NOT NULL
);
CREATE INDEX claims_by_state ON claims (state, ordinal);
CREATE TABLE claim_versions (
  id TEXT NOT NULL, seq INTEGER NOT NULL, tx_id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (id, seq)
) WITHOUT ROWID;
CREATE TABLE feed (
  block INTEGER NOT NULL, position INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT NOT NULL,
  time TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (block, position, part)
) WITHOUT ROWID;
${viewTables.map(viewTableSql).join('\n')}
PRAGMA user_version = ${schemaVersion};
`;

/**
 * Opens the projection's file, or makes it.
 *
 * @param rebuild Throws away what is there; the blocks are read again from the first.
 */
export function openDatabase(file: string, rebuild = false): Database {
  // A killed process leaves this lock behind. The organisation's other store admits one process only, and is open.
  rmSync(`${file}.lock`, { recursive: true, force: true });
  if (rebuild) removeDatabase(file);
  const database = open(file);
  const version = database.get('PRAGMA user_version')?.['user_version'];
  if (version === schemaVersion) return database;
  database.close();
  removeDatabase(file);
  const fresh = open(file);
  fresh.exec(`BEGIN; ${tables} COMMIT;`);
  return fresh;
}

function open(file: string): Database {
  const database = new sqlite.Database(file);
  database.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;');
  return database;
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-journal']) rmSync(file + suffix, { force: true });
}
