import { factTypes } from '@pledgeonce/chaincode/api.js';
import type { FactType } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { Conditions, readCursor, searchForm } from './conditions.js';
import type { Database } from './database.js';

export interface FactFilter {
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly number?: string | undefined;
  /** At the portal: whose. */
  readonly enterprise?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The documents, and what their lists and searches need. */
export const factTableSql = `
CREATE TABLE facts (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, enterprise TEXT, state TEXT NOT NULL,
  seq INTEGER NOT NULL, type TEXT, number TEXT
);
CREATE INDEX facts_by_number ON facts (number) WHERE number IS NOT NULL;
CREATE INDEX facts_by_type ON facts (type) WHERE type IS NOT NULL;
CREATE INDEX facts_by_state ON facts (state);
CREATE INDEX facts_unread ON facts (ordinal) WHERE type IS NULL;
CREATE INDEX facts_unread_of_enterprise ON facts (enterprise, ordinal) WHERE type IS NULL;
CREATE INDEX facts_by_enterprise ON facts (enterprise) WHERE enterprise IS NOT NULL;
`;

/** Keeps the state of a document. */
export function keepFact(
  database: Database,
  {
    id,
    enterprise,
    state,
    seq,
  }: {
    readonly id: string;
    readonly enterprise: string | undefined;
    readonly state: string;
    readonly seq: number;
  },
): void {
  database.run(
    `INSERT INTO facts (id, enterprise, state, seq) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq`,
    [id, enterprise ?? null, state, seq],
  );
}

/** Keeps what a document is, once that is known: its type and number never change. */
export function nameFact(database: Database, id: string, type: string, number: string): void {
  database.run('UPDATE facts SET type = ?, number = ? WHERE id = ?', [type, searchForm(number), id]);
}

const namedSchema = z.object({ type: z.enum(factTypes), number: z.string() });
const rowSchema = z.object({ ordinal: z.number(), id: z.string() });

/** Which documents there are; their content is asked of the ledger, which knows who may read it. */
export class FactTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest first. */
  list({ type, status, number, enterprise, cursor, limit }: FactFilter): { ids: string[]; next?: string } {
    const where = new Conditions()
      .equal('state', status)
      .equal('enterprise', enterprise)
      .equal('type', type)
      .equal('number', number === undefined ? undefined : searchForm(number))
      .below('ordinal', readCursor(cursor) ?? Number.MAX_SAFE_INTEGER);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, id FROM facts ${where.sql} ORDER BY ordinal DESC LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const ids = rows.slice(0, limit).map(({ id }) => id);
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { ids, next: String(last.ordinal) } : { ids };
  }

  /**
   * Documents of which only the id is known: an organisation outside the government does not see in a block what it says.
   *
   * @param enterprise at the portal: whose documents are meant.
   */
  unread(limit: number, enterprise?: string): string[] {
    const where = new Conditions().equal('enterprise', enterprise);
    // Of its own accord SQLite would go through all documents of the enterprise.
    const index = enterprise === undefined ? 'facts_unread' : 'facts_unread_of_enterprise';
    const sql = `SELECT ordinal, id FROM facts INDEXED BY ${index} ${where.sql === '' ? 'WHERE' : `${where.sql} AND`} type IS NULL LIMIT ${limit}`;
    return z
      .array(rowSchema)
      .parse(this.#database.all(sql, where.values))
      .map(({ id }) => id);
  }

  /** The document as far as the tables name it; an organisation outside the government learns that when it lists them. */
  named(id: string): { document?: { type: FactType; number: string } } {
    const row = this.#database.get('SELECT type, number FROM facts WHERE id = ?', [id]);
    const named = namedSchema.safeParse(row);
    return named.success ? { document: named.data } : {};
  }

  /** What the ledger has said of a document: its type and number never change. */
  learn(id: string, type: string, number: string): void {
    nameFact(this.#database, id, type, number);
  }
}
