import { z } from 'zod';
import { searchForm } from './apply-facts.js';
import { Conditions, readCursor } from './conditions.js';
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

const rowSchema = z.object({ ordinal: z.number(), id: z.string() });

/** Which documents there are; their content is asked of the ledger, which knows who may read it. */
export class FactTable {
  readonly #database: Database;
  readonly #knowsContent: boolean;

  /** @param knowsContent whether the organisation's peer has the documents, and not only their public lines. */
  constructor(database: Database, knowsContent: boolean) {
    this.#database = database;
    this.#knowsContent = knowsContent;
  }

  /** The latest first. */
  list({ type, status, number, enterprise, cursor, limit }: FactFilter): { ids: string[]; next?: string } {
    const where = new Conditions()
      .equal('state', status)
      .equal('enterprise', enterprise)
      .equal('type', this.#knowsContent ? type : undefined)
      .equal('number', this.#knowsContent && number !== undefined ? searchForm(number) : undefined)
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
}
