import type { ClientBase } from 'pg';
import { DatabaseAwayError } from '../database-away.js';

/** Replicas that start together migrate one after the other. */
const lock = 7_061_016;

/**
 * The steps from an empty database to the present one, in their order. A step that was released is not changed any more:
 * what comes later is a further step. Keys are compared byte by byte, as LevelDB does; values stay the very text that was
 * put, because a repeated request is answered like the first one.
 */
const steps: readonly string[] = [
  `CREATE TABLE pledgeonce.entries (
     organisation text NOT NULL,
     store text NOT NULL,
     key text COLLATE "C" NOT NULL,
     value text NOT NULL,
     PRIMARY KEY (organisation, store, key)
   );
   CREATE TABLE pledgeonce.leaders (
     organisation text PRIMARY KEY,
     address text NOT NULL,
     certificate text,
     since timestamptz NOT NULL
   )`,
];

/**
 * Brings the database to the version of this gateway.
 *
 * @throws DatabaseAwayError where a later version of the gateway has been at work.
 */
export async function migrate(client: ClientBase): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await client.query(
      'CREATE SCHEMA IF NOT EXISTS pledgeonce; CREATE TABLE IF NOT EXISTS pledgeonce.schema_version (version int NOT NULL)',
    );
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM pledgeonce.schema_version',
    );
    const version = rows[0]?.version ?? 0;
    if (version > steps.length) {
      throw new DatabaseAwayError(
        `The database has version ${version}; this gateway knows ${steps.length}. Upgrade this replica as well.`,
      );
    }
    for (const [index, step] of [...steps.entries()].slice(version)) {
      await client.query(step);
      await client.query('INSERT INTO pledgeonce.schema_version (version) VALUES ($1)', [index + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
