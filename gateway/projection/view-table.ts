import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';

export interface ViewFilter {
  readonly state?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly bank?: string | undefined;
  /** Of credit queries: whose records were asked for, or whose authorisation was quoted. */
  readonly concerning?: string | undefined;
  /** The record that it belongs to, such as the request of an offer. */
  readonly parent?: string | undefined;
  readonly category?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The latest version of a record, as the table keeps it. */
export interface ViewRow {
  readonly id: string;
  readonly state: string;
  readonly seq: number;
  readonly enterprise?: string | undefined;
  readonly bank?: string | undefined;
  readonly parent?: string | undefined;
  /** Of which sort it is, such as the purpose of a payment. */
  readonly category?: string | undefined;
  readonly view: unknown;
}

const rowSchema = z.object({ ordinal: z.number(), view: z.string() });

/** The tables of this shape: records that people list and that no sum is made of. */
export const viewTables = [
  'authorisations',
  'credit_queries',
  'credit_records',
  'loans',
  'mandates',
  'requests',
  'offers',
  'offshore_checks',
  'payments',
  'rate_publications',
  'assignments',
  'indemnities',
] as const;
export type ViewTableName = (typeof viewTables)[number];

/** The statement that makes one of them. */
export function viewTableSql(name: ViewTableName): string {
  return `CREATE TABLE ${name} (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, seq INTEGER NOT NULL,
  enterprise TEXT, bank TEXT, parent TEXT, category TEXT, view TEXT NOT NULL
);`;
}

/** Keeps a version unless a later one is there. */
export function putView(database: Database, table: ViewTableName, row: ViewRow): void {
  const { id, state, seq, enterprise, bank, parent, category, view } = row;
  database.run(
    `INSERT INTO ${table} (id, state, seq, enterprise, bank, parent, category, view)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq, view = excluded.view
     WHERE excluded.seq > ${table}.seq`,
    [
      id,
      state,
      seq,
      enterprise ?? null,
      bank ?? null,
      parent ?? null,
      category ?? null,
      JSON.stringify(view),
    ],
  );
}

/** Records of one kind as the organisation's own peer has them. */
export class ViewTable<T> {
  readonly #database: Database;
  readonly #name: ViewTableName;
  readonly #schema: z.ZodType<T>;

  constructor(database: Database, name: ViewTableName, schema: z.ZodType<T>) {
    this.#database = database;
    this.#name = name;
    this.#schema = schema;
  }

  /** The latest first. */
  list({ state, enterprise, concerning, bank, parent, category, cursor, limit }: ViewFilter): {
    items: T[];
    next?: string;
  } {
    const where = new Conditions()
      .equal('state', state)
      .equal('enterprise', enterprise)
      .aboutOrAuthorisedBy(concerning)
      .equal('bank', bank)
      .equal('parent', parent)
      .equal('category', category)
      .below('ordinal', readCursor(cursor));
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, view FROM ${this.#name} ${where.sql} ORDER BY ordinal DESC LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => this.#schema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }

  get(id: string): T | undefined {
    const row = this.#database.get(`SELECT ordinal, view FROM ${this.#name} WHERE id = ?`, [id]);
    return row === null ? undefined : this.#schema.parse(JSON.parse(rowSchema.parse(row).view));
  }
}
