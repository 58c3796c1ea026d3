import { Client } from 'pg';
import { DatabaseAwayError } from '../database-away.js';

/** How long a connection may take to come about. */
const connectMs = 5_000;
/** How long the server works on one statement; the client waits a little longer. */
const statementMs = 8_000;
const answerMs = 10_000;
/** The server ends a session on which nothing is asked for so long: a replica that has frozen leads no more. */
export const silenceMs = 10_000;
/** `idle_session_timeout` came with it. */
const leastVersion = 140_000;

/** What every connection is made with. */
export function clientOptions(connectionString: string) {
  return {
    connectionString,
    application_name: 'pledgeonce-gateway',
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    statement_timeout: statementMs,
    keepAlive: true,
  };
}

/**
 * A connection to a server that takes writes.
 *
 * @throws DatabaseAwayError
 */
export async function connect(connectionString: string): Promise<Client> {
  const client = new Client(clientOptions(connectionString));
  // Until somebody listens: an error that nobody hears would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; isCopy: boolean; encoding: string }>(
      `SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS "isCopy",
        current_setting('server_encoding') AS encoding`,
    );
    const [server] = rows;
    if (server === undefined || server.version < leastVersion) {
      throw new DatabaseAwayError('The database is older than PostgreSQL 14.');
    }
    if (server.isCopy) throw new DatabaseAwayError('The database is a copy that takes no writes.');
    if (server.encoding !== 'UTF8') throw new DatabaseAwayError('The database is not encoded in UTF-8.');
    // The server notices as well when this machine is gone without a word.
    await client.query(
      `SET idle_session_timeout = ${silenceMs}; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;
       SET tcp_keepalives_count = 3`,
    );
    return client;
  } catch (error) {
    await end(client);
    if (error instanceof DatabaseAwayError) throw error;
    throw new DatabaseAwayError(undefined, { cause: error });
  }
}

/** Ends a connection, whatever state it is in. */
export async function end(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}
