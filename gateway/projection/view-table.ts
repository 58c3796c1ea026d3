import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';
import { dayCursor, readDayCursor } from './day-cursor.js';
import { keysOf } from './record-keys.js';
import type { LookUp } from './record-keys.js';

export interface ViewFilter extends LookUp {
  readonly state?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly bank?: string | undefined;
  /** Of credit queries: whose records were asked for, or whose authorisation was quoted. */
  readonly concerning?: string | undefined;
  /** The record that it belongs to, such as the request of an offer. */
  readonly parent?: string | undefined;
  readonly category?: string | undefined;
  /** Of what has a day: not before this one, and before that one. */
  readonly dayFrom?: string | undefined;
  readonly dayBefore?: string | undefined;
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
  /** The day on which it took place, of those that are looked for by it. */
  readonly day?: string | undefined;
  readonly view: unknown;
}

/** A record at which something has to be done, and its place among those. */
export interface DueRow<T> extends DuePlace {
  readonly item: T;
}

/** Where a round has come to, in the order in which things fall due. */
export interface DuePlace {
  /** RFC 3339. */
  readonly dueAt: string;
  readonly ordinal: number;
}

const rowSchema = z.object({ ordinal: z.number(), view: z.string() });
const dayRowSchema = rowSchema.extend({ day: z.string() });
const dueRowSchema = rowSchema.extend({ dueAt: z.string() });

/** Before everything that is due. */
export const firstDue: DuePlace = { dueAt: '', ordinal: 0 };

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
  'objections',
  'corrections',
  'consents',
  'debts',
  'mark_consents',
  'own_documents',
  'debtor_notices',
  'reconciliations',
  'document_steps',
  'transfer_offers',
] as const;
export type ViewTableName = (typeof viewTables)[number];

/** What lists filter by, each in the order of the ordinals; a column that a table does not fill takes no room. */
const filters = ['state', 'enterprise', 'enterprise, state', 'bank', 'bank, state', 'parent', 'category'];
/** The same of what is looked for by its day, in the order of the days. */
const datedFilters = ['day', 'state, day', 'enterprise, day', 'bank, day', 'category, day'];
const dated: ReadonlySet<ViewTableName> = new Set(['payments']);

/** The statements that make one of them. */
export function viewTableSql(name: ViewTableName): string {
  const indexes = [...filters, ...(dated.has(name) ? datedFilters : [])].map((columns) => {
    const [first] = columns.split(', ');
    const label = columns.replace(', ', '_');
    return `CREATE INDEX ${name}_by_${label} ON ${name} (${columns}) WHERE ${first} IS NOT NULL;`;
  });
  return `CREATE TABLE ${name} (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, seq INTEGER NOT NULL,
  enterprise TEXT, bank TEXT, parent TEXT, category TEXT, day TEXT, due_at TEXT, view TEXT NOT NULL
);
CREATE INDEX ${name}_due ON ${name} (state, due_at) WHERE due_at IS NOT NULL;
${indexes.join('\n')}`;
}

/** Keeps a version unless a later one is there. */
export function putView(database: Database, table: ViewTableName, row: ViewRow): void {
  const { id, state, seq, enterprise, bank, parent, category, day, view } = row;
  database.run(
    `INSERT INTO ${table} (id, state, seq, enterprise, bank, parent, category, day, view)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
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
      day ?? null,
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

  /** The latest first; with a day from or before which they took place, by those days. */
  list(filter: ViewFilter): { items: T[]; next?: string } {
    const { dayFrom, dayBefore } = filter;
    return dayFrom === undefined && dayBefore === undefined ? this.#latest(filter) : this.#byDay(filter);
  }

  #byDay(filter: ViewFilter): { items: T[]; next?: string } {
    const { dayFrom, dayBefore, cursor, limit } = filter;
    const after = readDayCursor(cursor);
    const where = this.#narrowed(filter).atLeast('day', dayFrom).below('day', dayBefore);
    if (after !== undefined) where.before(['day', 'ordinal'], [after.day, after.ordinal]);
    const sql = `SELECT ordinal, day, view FROM ${this.#name} ${where.sql} ORDER BY day DESC, ordinal DESC LIMIT ${limit + 1}`;
    const rows = z.array(dayRowSchema).parse(this.#database.all(sql, where.values));
    const items = rows.slice(0, limit).map(({ view }) => this.#schema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: dayCursor(last) } : { items };
  }

  #latest(filter: ViewFilter): { items: T[]; next?: string } {
    const { concerning, cursor, limit } = filter;
    const isLog = concerning !== undefined;
    // What concerns somebody is gone through in its own order: to look for it among all would be to read them all.
    const from = isLog ? `query_concerns CROSS JOIN ${this.#name} ON ordinal = query` : this.#name;
    const place = isLog ? 'query' : 'ordinal';
    const where = this.#narrowed(filter)
      .equal('concerns', concerning)
      .below(place, readCursor(cursor) ?? Number.MAX_SAFE_INTEGER);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, view FROM ${from} ${where.sql} ORDER BY ${place} DESC LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => this.#schema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }

  /** What a list filters by in whatever order it is. */
  #narrowed({ state, enterprise, bank, parent, category, ...lookUp }: ViewFilter): Conditions {
    return new Conditions()
      .equal('state', state)
      .equal('enterprise', enterprise)
      .equal('bank', bank)
      .equal('parent', parent)
      .equal('category', category)
      .keyed(this.#name, keysOf(lookUp));
  }

  /**
   * Those in a state at which something has to be done by now, what fell due first in front.
   *
   * @param after where the page before ended.
   */
  due(state: string, now: Date, most: number, after: DuePlace = firstDue): DueRow<T>[] {
    return z
      .array(dueRowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, due_at AS dueAt, view FROM ${this.#name}
             WHERE state = ? AND due_at <= ? AND (due_at, ordinal) > (?, ?)
             ORDER BY due_at, ordinal LIMIT ${most}`,
          [state, now.toISOString(), after.dueAt, after.ordinal],
        ),
      )
      .map(({ ordinal, dueAt, view }) => ({ ordinal, dueAt, item: this.#schema.parse(JSON.parse(view)) }));
  }

  /**
   * Those in a state, the first first, for who has to come to the end of them.
   *
   * @param after ordinal with which the page before ended.
   */
  inState(state: string, most: number, after = 0): { readonly ordinal: number; readonly item: T }[] {
    return z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, view FROM ${this.#name} WHERE state = ? AND ordinal > ? ORDER BY ordinal LIMIT ${most}`,
          [state, after],
        ),
      )
      .map(({ ordinal, view }) => ({ ordinal, item: this.#schema.parse(JSON.parse(view)) }));
  }

  get(id: string, enterprise?: string): T | undefined {
    const ofWhom = enterprise === undefined ? '' : ' AND enterprise = ?';
    const row = this.#database.get(`SELECT ordinal, view FROM ${this.#name} WHERE id = ?${ofWhom}`, [
      id,
      ...(enterprise === undefined ? [] : [enterprise]),
    ]);
    return row === null ? undefined : this.#schema.parse(JSON.parse(rowSchema.parse(row).view));
  }

  /** How many records of a bank are in each state. */
  statesOf(bank: string): ReadonlyMap<string, number> {
    const rows = z
      .array(z.object({ state: z.string(), records: z.number() }))
      .parse(
        this.#database.all(
          `SELECT state, COUNT(*) AS records FROM ${this.#name} WHERE bank = ? GROUP BY state`,
          [bank],
        ),
      );
    return new Map(rows.map(({ state, records }) => [state, records]));
  }
}
