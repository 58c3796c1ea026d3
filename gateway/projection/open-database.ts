import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditTableSql } from './audit-tables.js';
import { checkpointSql } from './checkpoint.js';
import { claimSumsSql } from './claim-sums.js';
import { claimListsSql, claimTableSql } from './claim-table.js';
import { claimVersionsSql } from './claim-versions.js';
import { Database } from './database.js';
import { factTableSql } from './fact-table.js';
import { feedTableSql } from './feed-table.js';
import { queryConcernsSql } from './query-concerns.js';
import { overdrawnClaimsSql } from './overdrawn-claims.js';
import { recordKeysSql } from './record-keys.js';
import { inboxTableSql } from './inbox/inbox-table.js';
import { marksSql } from './inbox/alert-marks.js';
import { memberAuthoritySql } from './member-authorities.js';
import { memberTableSql } from './member-table.js';
import { keyedEntriesSql } from './keyed-entries.js';
import { paymentTableSql } from './payment-statistics.js';
import { successionsSql } from './successions.js';
import { orderedByMemberSql } from './ordered-by-member.js';
import { transactionTableSql } from './transaction-table.js';
import { viewTables, viewTableSql } from './view-table.js';

/** Raised when the tables change: an older file is thrown away and built again from block 0. */
const schemaVersion = 28;

const tables = `${checkpointSql}${transactionTableSql}${factTableSql}${claimTableSql}${claimVersionsSql}
${feedTableSql}${overdrawnClaimsSql}${viewTables.map(viewTableSql).join('\n')}
${recordKeysSql}${queryConcernsSql}${inboxTableSql}${paymentTableSql}${keyedEntriesSql}${auditTableSql}${memberAuthoritySql}${memberTableSql}${successionsSql}${orderedByMemberSql}PRAGMA user_version = ${schemaVersion};
`;

export interface DatabaseOptions {
  /** Throws away what is there; the blocks are read again from the first. */
  readonly rebuild?: boolean;
  /** Whether claims are listed and added up here. A file that was made with that keeps it. */
  readonly listsClaims?: boolean;
}

/** Opens the projection's file, or makes it. */
export function openDatabase(
  file: string,
  { rebuild = false, listsClaims = true }: DatabaseOptions = {},
): Database {
  if (rebuild) removeDatabase(file);
  const database = new Database(file);
  if (database.get('PRAGMA user_version')?.['user_version'] === schemaVersion)
    return withMarks(database, file);
  database.close();
  removeDatabase(file);
  const fresh = new Database(file);
  fresh.exec(`BEGIN; ${tables} ${listsClaims ? `${claimListsSql}${claimSumsSql}` : ''} COMMIT;`);
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
