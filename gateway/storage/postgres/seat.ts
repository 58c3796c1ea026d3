import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Logger } from 'pino';
import { DatabaseAwayError } from '../database-away.js';
import type { DurableStore } from '../durable-store.js';
import { connect, end } from './connection.js';
import { PostgresStore } from './postgres-store.js';
import { migrate } from './schema.js';
import { Term } from './term.js';

/** How often a replica that waits asks whether it may lead. */
const askEveryMs = 500;
/** How often it is looked whether this replica's door shows another certificate. */
const announceEveryMs = 5_000;
/** A database that is away is asked at growing intervals. */
const longestPauseMs = 5_000;

const announcement = `INSERT INTO pledgeonce.leaders (organisation, address, certificate, since) VALUES ($1, $2, $3, now())
  ON CONFLICT (organisation) DO UPDATE
  SET address = excluded.address, certificate = excluded.certificate, since = excluded.since`;

/** Where the replica is that serves. */
export interface Leader {
  readonly address: string;
  /** SHA-256 fingerprint of the certificate that it shows, where its door has TLS. */
  readonly certificate?: string;
}

/** What this replica is now. */
export type Standing =
  | { readonly state: 'away'; readonly error: unknown }
  | { readonly state: 'standby'; readonly leader: Leader | undefined }
  | { readonly state: 'leader' };

export interface SeatParts {
  /** Read each time, so that another password is in force with the next connection. */
  readonly connectionString: () => Promise<string>;
  readonly organisation: string;
  /** Where the others reach this one. */
  readonly own: () => Leader;
  readonly log: Logger;
}

/**
 * The one place from which an organisation's gateway serves. A session lock of PostgreSQL gives it to one of the replicas;
 * when its holder dies, or loses the database, another takes it.
 */
export class Seat {
  readonly #parts: SeatParts;
  #standing: Standing = { state: 'away', error: undefined };
  #term: Term | undefined;

  constructor(parts: SeatParts) {
    this.#parts = parts;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** A store of those that replicas share; it answers while this replica has the seat. */
  store(name: string): DurableStore {
    return new PostgresStore(this.#parts.organisation, name, () => this.term);
  }

  /** @throws DatabaseAwayError while this replica does not have the seat. */
  get term(): Term {
    if (this.#term === undefined || this.#term.over.aborted) {
      throw new DatabaseAwayError('This replica does not lead, or its database does not answer.');
    }
    return this.#term;
  }

  /**
   * Waits until this replica has the seat.
   *
   * @throws the reason of the signal when it aborts.
   */
  async taken(signal: AbortSignal): Promise<Term> {
    for (let pauseMs = askEveryMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      signal.throwIfAborted();
      try {
        return await this.#stand(signal, () => (pauseMs = askEveryMs));
      } catch (error) {
        signal.throwIfAborted();
        this.#away(error);
      }
      await sleep(pauseMs, undefined, { signal });
    }
  }

  /** Gives the seat back; another replica has it as soon as it asks. */
  async leave(): Promise<void> {
    await this.#term?.end();
    this.#term = undefined;
  }

  async #stand(signal: AbortSignal, reached: () => void): Promise<Term> {
    const { organisation, log, own } = this.#parts;
    const connectionString = await this.#parts.connectionString();
    const client = await connect(connectionString);
    try {
      await migrate(client);
      const lock = lockOf(organisation);
      while (!(await isGiven(client, lock))) {
        const leader = await leaderOf(client, organisation);
        // Its own name stands there until another leads.
        const isOther = leader !== undefined && leader.address !== own().address;
        this.#standing = { state: 'standby', leader: isOther ? leader : undefined };
        reached();
        await sleep(askEveryMs, undefined, { signal });
      }
      const named = own();
      await client.query(announcement, [organisation, named.address, named.certificate ?? null]);
      const term = new Term({ client, lock, connectionString, organisation, log });
      this.#term = term;
      this.#standing = { state: 'leader' };
      const away = () => {
        this.#standing = { state: 'away', error: term.over.reason };
      };
      term.over.addEventListener('abort', away, { once: true });
      this.#announce(term, named);
      return term;
    } catch (error) {
      await end(client);
      throw error;
    }
  }

  /** Names the certificate of the door anew once it is another one: the others speak with no other. */
  #announce(term: Term, named: Leader): void {
    const { organisation, own, log } = this.#parts;
    let last = named.certificate;
    const timer = setInterval(() => {
      const { address, certificate } = own();
      if (certificate === last) return;
      last = certificate;
      term.read(announcement, [organisation, address, certificate ?? null]).catch((error: unknown) => {
        last = undefined;
        log.warn({ err: error }, 'the other replicas have not learnt the new certificate of this door yet');
      });
    }, announceEveryMs);
    term.over.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }

  #away(error: unknown): void {
    if (this.#standing.state !== 'away' || this.#standing.error === undefined) {
      this.#parts.log.warn({ err: error }, 'the database that replicas share does not answer');
    }
    this.#standing = { state: 'away', error };
  }
}

async function isGiven(client: Client, lock: string): Promise<boolean> {
  const { rows } = await client.query<{ given: boolean }>(
    'SELECT pg_try_advisory_lock($1::bigint) AS given',
    [lock],
  );
  return rows[0]?.given === true;
}

async function leaderOf(client: Client, organisation: string): Promise<Leader | undefined> {
  const { rows } = await client.query<{ address: string; certificate: string | null }>(
    'SELECT address, certificate FROM pledgeonce.leaders WHERE organisation = $1',
    [organisation],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { address: row.address, ...(row.certificate !== null && { certificate: row.certificate }) };
}

/** A number that no other organisation's lock in the same database has. */
function lockOf(organisation: string): string {
  return createHash('sha256').update(`pledgeonce/${organisation}`).digest().readBigInt64BE().toString();
}
