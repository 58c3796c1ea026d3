import { rmSync } from 'node:fs';
import { auditTableSql } from './audit-tables.js';
import { claimSumsSql } from './claim-sums.js';
import { claimTableSql } from './claim-table.js';
import { Database } from './database.js';
import { factTableSql } from './fact-table.js';
import { feedTableSql } from './feed-table.js';
import { paymentTableSql } from './payment-statistics.js';
import { transactionTableSql } from './transaction-table.js';
import { viewTables, viewTableSql } from './view-table.js';

/** Raised when the tables change: an older file is thrown away and built again from block 0. */
const schemaVersion = 12;

const tables = `
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1), next_block INTEGER NOT NULL, last_hash TEXT NOT NULL
);
INSERT INTO checkpoint VALUES (1, 0, '');
${transactionTableSql}${factTableSql}${claimTableSql}${claimSumsSql}
${feedTableSql}${viewTables.map(viewTableSql).join('\n')}
${paymentTableSql}${auditTableSql}PRAGMA user_version = ${schemaVersion};
`;

/**
 * Opens the projection's file, or makes it.
 *
 * @param rebuild Throws away what is there; the blocks are read again from the first.
 */
export function openDatabase(file: string, rebuild = false): Database {
  if (rebuild) removeDatabase(file);
  const database = new Database(file);
  if (database.get('PRAGMA user_version')?.['user_version'] === schemaVersion) return database;
  database.close();
  removeDatabase(file);
  const fresh = new Database(file);
  fresh.exec(`BEGIN; ${tables} COMMIT;`);
  return fresh;
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}
