import { DatabaseError, Pool } from 'pg';
import type { Client, QueryResultRow } from 'pg';
import type { Logger } from 'pino';
import { DatabaseAwayError } from '../database-away.js';
import { clientOptions, end } from './connection.js';

const beatMs = 1_000;
/** Writes that share one statement at most, and the characters that they have together. */
const mostTogether = 500;
const mostCharacters = 8 * 1024 * 1024;
/** Connections for reading; writes have the one that holds the lock. */
const readers = 4;
/** What the server says of itself rather than of a statement: it stops, it takes no writes any more. */
const ofServer: readonly string[] = ['08', '57P', '25006'];

/** One entry that is put, or deleted where it has no value. */
export interface Change {
  readonly store: string;
  readonly key: string;
  readonly value: string | undefined;
}

interface Write extends Change {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface TermParts {
  /** Holds the lock for as long as it lives. */
  readonly client: Client;
  /** The lock, as PostgreSQL names it. */
  readonly lock: string;
  readonly connectionString: string;
  readonly organisation: string;
  readonly log: Logger;
}

/**
 * The time during which this replica serves. Every write goes over the very connection that holds the lock: once the lock is
 * lost no write of this replica reaches the database any more, whatever it still believes, and another may take over.
 */
export class Term {
  readonly #parts: TermParts;
  readonly #pool: Pool;
  readonly #over = new AbortController();
  readonly #heart: NodeJS.Timeout;
  #queue: Write[] = [];
  #flushing: Promise<void> | undefined;
  #isLooking = false;

  constructor(parts: TermParts) {
    this.#parts = parts;
    this.#pool = new Pool({ ...clientOptions(parts.connectionString), max: readers });
    this.#pool.on('error', () => undefined);
    parts.client.on('error', (error) => {
      this.#lose(error);
    });
    parts.client.on('end', () => {
      this.#lose(new Error('The connection has ended.'));
    });
    this.#heart = setInterval(() => {
      if (!this.#isLooking) void this.#look();
    }, beatMs);
  }

  /** Aborts when this replica does not lead any more. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** @throws DatabaseAwayError */
  async read<R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<R[]> {
    this.#over.signal.throwIfAborted();
    try {
      return (await this.#pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw new DatabaseAwayError(undefined, { cause: error });
    }
  }

  /**
   * Changes one entry, in the order of the calls. Changes that arrive while the database is busy share the next statement.
   *
   * @throws DatabaseAwayError also where the change may have come about.
   */
  write(change: Change): Promise<void> {
    return new Promise((done, failed) => {
      this.#queue.push({ ...change, done, failed });
      this.#flushing ??= this.#flush();
    });
  }

  /** Gives the lock back, once everything is written. */
  async end(): Promise<void> {
    await this.#flushing;
    this.#lose(undefined);
    await Promise.all([end(this.#parts.client), this.#pool.end().catch(() => undefined)]);
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const writes = this.#take();
      try {
        this.#over.signal.throwIfAborted();
        await this.#write(writes);
        for (const { done } of writes) done();
      } catch (error) {
        this.#judge(error);
        const cause =
          error instanceof DatabaseAwayError ? error : new DatabaseAwayError(undefined, { cause: error });
        for (const { failed } of writes) failed(cause);
      }
    }
    this.#flushing = undefined;
  }

  #take(): Write[] {
    let characters = 0;
    const taken = this.#queue.findIndex(({ value }, index) => {
      characters += value?.length ?? 0;
      return index > 0 && (index >= mostTogether || characters > mostCharacters);
    });
    return this.#queue.splice(0, taken < 0 ? this.#queue.length : taken);
  }

  async #write(writes: readonly Change[]): Promise<void> {
    // Of several changes of one entry the last holds.
    const last = new Map(writes.map((one) => [`${one.store}\n${one.key}`, one]));
    const puts = [...last.values()].filter(({ value }) => value !== undefined);
    const gone = [...last.values()].filter(({ value }) => value === undefined);
    await this.#parts.client.query(
      `WITH gone AS (
         DELETE FROM pledgeonce.entries e USING unnest($2::text[], $3::text[]) AS g(store, key)
         WHERE e.organisation = $1 AND e.store = g.store AND e.key = g.key
       )
       INSERT INTO pledgeonce.entries (organisation, store, key, value)
       SELECT $1, p.store, p.key, p.value FROM unnest($4::text[], $5::text[], $6::text[]) AS p(store, key, value)
       ON CONFLICT (organisation, store, key) DO UPDATE SET value = excluded.value`,
      [
        this.#parts.organisation,
        gone.map(({ store }) => store),
        gone.map(({ key }) => key),
        puts.map(({ store }) => store),
        puts.map(({ key }) => key),
        puts.map(({ value }) => value),
      ],
    );
  }

  /** A statement that the server refuses is that statement's failure; everything else says that the session is gone. */
  #judge(error: unknown): void {
    const isOfStatement =
      error instanceof DatabaseError && !ofServer.some((code) => error.code?.startsWith(code) ?? false);
    if (!isOfStatement) this.#lose(error);
  }

  /** A pooler that hands each statement to another session would not keep the lock: it is looked for, not believed. */
  async #look(): Promise<void> {
    this.#isLooking = true;
    try {
      const { rows } = await this.#parts.client.query<{ held: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
           AND ((classid::bigint << 32) | objid::bigint) = $1::bigint) AS held`,
        [this.#parts.lock],
      );
      if (rows[0]?.held !== true) this.#lose(new Error('The lock is not held any more.'));
    } catch (error) {
      this.#lose(error);
    } finally {
      this.#isLooking = false;
    }
  }

  /** @param reason undefined where it is given back. */
  #lose(reason: unknown): void {
    if (this.#over.signal.aborted) return;
    clearInterval(this.#heart);
    if (reason !== undefined) this.#parts.log.warn({ err: reason }, 'this replica does not lead any more');
    this.#over.abort(new DatabaseAwayError(undefined, { cause: reason }));
    void end(this.#parts.client);
    if (reason !== undefined) void this.#pool.end().catch(() => undefined);
  }
}
