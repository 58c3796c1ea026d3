import { randomUUID } from 'node:crypto';
import { startPostgres, whyNoPostgres } from '@pledgeonce/gateway/storage/testing/postgres-server.js';
import { Pool } from 'pg';
import { childrenOf, cpuOf } from './cpu.js';
import { inParallel } from './in-parallel.js';
import type { BenchOptions } from './benchmark.js';
import type { BesideFigure } from './beside.js';

/** Why there is no database to measure, as a sentence; undefined where there is. */
export const whyNoDatabase = whyNoPostgres;

const tables = `
  CREATE TABLE documents (id text PRIMARY KEY, total bigint NOT NULL, drawn bigint NOT NULL DEFAULT 0 CHECK (drawn <= total));
  CREATE TABLE claims (id text PRIMARY KEY, document text NOT NULL REFERENCES documents, bank text NOT NULL, amount bigint NOT NULL)`;

/** A system counts CPU in hundredths of a second for each process, and each connection has one. */
const fewest = 10_000;

/** An id that is there already ends the statement with an error, a balance that does not suffice leaves its line out. */
const drawing = `
  WITH wanted AS (SELECT * FROM unnest($1::text[], $2::text[]) AS line (id, document)),
  drawn AS (
    UPDATE documents SET drawn = drawn + 60000 FROM wanted
    WHERE documents.id = wanted.document AND documents.drawn + 60000 <= documents.total
    RETURNING wanted.id, wanted.document)
  INSERT INTO claims SELECT id, document, 'BankAMSP', 60000 FROM drawn`;

/**
 * Measures claims one by one and in batches on a PostgreSQL of their own whose commits wait for the disk, as one house might run
 * it for all, without signatures, a second node or a history: for each a row under a unique id, and a balance that is drawn
 * from. Every claim draws on a document of its own, as in our own measurement.
 *
 * @throws Error where there is no PostgreSQL, or when it does not take a claim.
 */
export async function measureDatabase(options: BenchOptions): Promise<readonly BesideFigure[]> {
  const server = await startPostgres({ isDurable: true });
  try {
    server.createDatabase('claims');
    const connectionString = server.connectionString('claims');
    // A connection that ended would take what its process has used out of the sum.
    const pool = new Pool({ connectionString, max: options.concurrency, idleTimeoutMillis: 0 });
    // Of a connection that the ending server closes before the pool has; what was asked fails with its question.
    pool.on('error', () => undefined);
    try {
      await pool.query(tables);
      const cpu = () => {
        if (server.pid === undefined) throw new Error('PostgreSQL has ended.');
        return cpuOf([server.pid, ...childrenOf(server.pid)]);
      };
      const { batch, concurrency } = options;
      const [claims, batched] = [Math.max(options.claims, fewest), Math.max(options.batched, 10 * fewest)];
      const few = Math.max(2, Math.ceil(concurrency / 8));
      // Connections and plans are there before anything counts.
      await claimIn(pool, 1, concurrency, concurrency, cpu);
      return [
        await claimIn(pool, 1, claims, concurrency, cpu),
        await claimIn(pool, batch, Math.floor(batched / batch), few, cpu),
      ];
    } finally {
      await pool.end();
    }
  } finally {
    await server.remove();
  }
}

async function claimIn(
  pool: Pool,
  claims: number,
  transactions: number,
  most: number,
  cpu: () => number,
): Promise<BesideFigure> {
  const items = claims * transactions;
  const documents = Array.from({ length: items }, () => randomUUID());
  await pool.query('INSERT INTO documents SELECT id, 100000 FROM unnest($1::text[]) AS id', [documents]);
  const [before, begun] = [cpu(), performance.now()];
  await inParallel(transactions, most, async (index) => {
    const drawnOn = documents.slice(index * claims, (index + 1) * claims);
    const { rowCount } = await pool.query({
      ...{ name: 'draw', text: drawing, values: [drawnOn.map(() => randomUUID()), drawnOn] },
    });
    if (rowCount !== claims) throw new Error(`Of ${claims} claims the database took ${rowCount ?? 0}.`);
  });
  return { claims, items, seconds: (performance.now() - begun) / 1000, cpu: cpu() - before };
}
