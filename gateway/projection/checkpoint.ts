import { z } from 'zod';
import type { Database } from './database.js';

/** How far the tables have come. One row: it changes in the transaction that changes them. */
export const checkpointSql = `
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1), next_block INTEGER NOT NULL, last_hash TEXT NOT NULL
);
INSERT INTO checkpoint VALUES (1, 0, '');
`;

const rowSchema = z.object({ next_block: z.number(), last_hash: z.string() });

/** The block that comes next, and the hash of the one before it. */
export interface Checkpoint {
  readonly nextBlock: number;
  readonly lastHash: string;
}

/** How far the file has come when it is opened. */
export function readCheckpoint(database: Database): Checkpoint {
  const row = rowSchema.parse(database.get('SELECT next_block, last_hash FROM checkpoint'));
  return { nextBlock: row.next_block, lastHash: row.last_hash };
}

/** The tables have everything up to this block. */
export function moveCheckpoint(
  database: Database,
  { number, hash }: { readonly number: number; readonly hash: string },
): void {
  database.run('UPDATE checkpoint SET next_block = ?, last_hash = ?', [number + 1, hash]);
}
