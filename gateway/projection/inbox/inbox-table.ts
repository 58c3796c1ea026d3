import type { Role } from '@pledgeonce/chaincode/permissions.js';
import { z } from 'zod';
import { Conditions, readCursor } from '../conditions.js';
import type { Database } from '../database.js';
import { concerns, inboxKindNames, inboxKinds } from './inbox-kinds.js';
import type { InboxKindName } from './inbox-kinds.js';
import { alertOf, topicOf } from './topics.js';
import { inboxRecords } from './waiting.js';
import type { InboxRecord, Waiting } from './waiting.js';

/** What waits, for whom; a row goes when it waits no longer, so that the table is as long as the work that is left. */
export const inboxTableSql = `
CREATE TABLE inbox (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, record TEXT NOT NULL, id TEXT NOT NULL, topic TEXT NOT NULL, since TEXT NOT NULL,
  enterprise TEXT, lapses_at TEXT, for_officer INTEGER, for_approver INTEGER, for_reader INTEGER, item TEXT NOT NULL,
  UNIQUE (id, record, kind)
);
CREATE INDEX inbox_alerts ON inbox (topic, ordinal) WHERE kind = 'alert';
${['officer', 'approver', 'reader']
  .flatMap((whom) => [
    `CREATE INDEX inbox_of_${whom} ON inbox (ordinal) WHERE for_${whom} = 1;`,
    `CREATE INDEX inbox_of_${whom}_by_kind ON inbox (kind, ordinal) WHERE for_${whom} = 1;`,
    `CREATE INDEX inbox_of_${whom}_enterprise ON inbox (enterprise, ordinal) WHERE for_${whom} = 1 AND enterprise IS NOT NULL;`,
    `CREATE INDEX inbox_of_${whom}_enterprise_by_kind ON inbox (enterprise, kind, ordinal) WHERE for_${whom} = 1 AND enterprise IS NOT NULL;`,
  ])
  .join('\n')}
`;

const itemSchema = z.object({
  due: z.string().optional(),
  documents: z.array(z.object({ type: z.string(), number: z.string() }).loose()).optional(),
  amount: z.object({ amount: z.string(), currency: z.string() }).optional(),
  enterprise: z.object({ scheme: z.string(), id: z.string() }).loose().optional(),
  applicationNumber: z.string().optional(),
  cause: z.string().optional(),
  by: z.string().optional(),
});

const rowSchema = z.object({
  ordinal: z.number(),
  kind: z.enum(inboxKindNames),
  record: z.enum(inboxRecords),
  id: z.string(),
  since: z.string(),
  item: z.string().transform((text) => itemSchema.parse(JSON.parse(text))),
});

/** One thing that waits. */
export type InboxRow = z.infer<typeof rowSchema>;

export interface InboxFilter {
  readonly role: Role;
  readonly kind?: InboxKindName | undefined;
  /** Only alerts of this sort. */
  readonly alert?: string | undefined;
  /** At the portal: whose. */
  readonly enterprise?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Topics of which this person does not want to be told. */
  readonly muted?: readonly string[] | undefined;
  /** What has lapsed until now waits no longer; RFC 3339. */
  readonly now: string;
}

/** What waits for the people of the organisation, the oldest first. */
export class InboxTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list({ kind, alert, cursor, limit, ...of }: InboxFilter): { items: InboxRow[]; next?: string } {
    const where = (alert === undefined ? conditionsOf(of) : alertsOf(of))
      .equal('kind', kind)
      .equal('topic', alert === undefined ? undefined : topicOf('alert', alert))
      .above('ordinal', readCursor(cursor) ?? 0);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, kind, record, id, since, item FROM inbox ${where.sql} ORDER BY ordinal LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }

  /** How much of each kind waits. */
  counts(of: Whose): { kind: InboxKindName; count: number }[] {
    const counted = z.array(z.object({ kind: z.enum(inboxKindNames), count: z.number() }));
    const where = conditionsOf(of);
    const sql = `SELECT kind, COUNT(*) AS count FROM inbox ${where.sql} GROUP BY kind ORDER BY kind`;
    return counted.parse(this.#database.all(sql, where.values));
  }

  /** How many alerts of each sort wait. */
  alerts(of: Whose): { alert: string; count: number }[] {
    const counted = z.array(z.object({ topic: z.string(), count: z.number() }));
    const where = alertsOf(of);
    const sql = `SELECT topic, COUNT(*) AS count FROM inbox ${where.sql} GROUP BY topic ORDER BY topic`;
    return counted
      .parse(this.#database.all(sql, where.values))
      .map(({ topic, count }) => ({ alert: alertOf(topic), count }));
  }

  /** How much waits of which the person does not want to be told. */
  countMuted({ muted = [], ...of }: Whose): number {
    if (muted.length === 0) return 0;
    const where = conditionsOf(of).anyOf('topic', muted);
    const sql = `SELECT COUNT(*) AS count FROM inbox ${where.sql}`;
    return z.object({ count: z.number() }).parse(this.#database.get(sql, where.values)).count;
  }

  /** What is known of a record that waits. */
  find(record: InboxRecord, id: string): InboxRow | undefined {
    const sql =
      'SELECT ordinal, kind, record, id, since, item FROM inbox WHERE id = ? AND record = ? LIMIT 1';
    const row = this.#database.get(sql, [id, record]);
    return row === null ? undefined : rowSchema.parse(row);
  }
}

export interface AtRecord {
  readonly record: InboxRecord;
  readonly id: string;
  /** When it began to wait, RFC 3339. */
  readonly time: string;
  readonly waiting: readonly Waiting[];
  /** At the portal: whose people alone see it. */
  readonly enterprise?: string | undefined;
}

/** Keeps what waits at a record; since when stays as it was. */
export function putWaiting(database: Database, { record, id, time, waiting, enterprise }: AtRecord): void {
  const kinds = waiting.map(({ kind }) => kind);
  // By the record alone: thirty kinds that do not wait would be looked for one by one.
  const others = kinds.length === 0 ? '' : ` AND kind NOT IN (${kinds.map(() => '?').join(', ')})`;
  database.run(`DELETE FROM inbox WHERE id = ? AND record = ?${others}`, [id, record, ...kinds]);
  for (const { kind, ...item } of waiting) {
    database.run(
      `INSERT INTO inbox (kind, record, id, topic, since, enterprise, lapses_at, for_officer, for_approver, for_reader, item)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id, record, kind) DO UPDATE SET item = excluded.item, lapses_at = excluded.lapses_at`,
      [
        kind,
        record,
        id,
        topicOf(kind, item.cause),
        time,
        enterprise ?? null,
        (inboxKinds[kind].lapses && item.due) ?? null,
        concerns(kind, 'officer') ? 1 : null,
        concerns(kind, 'approver') ? 1 : null,
        concerns(kind, 'viewer') ? 1 : null,
        JSON.stringify(item),
      ],
    );
  }
}

type Whose = Pick<InboxFilter, 'role' | 'enterprise' | 'muted' | 'now'>;

function conditionsOf({ role, enterprise, muted = [], now }: Whose): Conditions {
  const whom = role === 'officer' || role === 'approver' ? role : 'reader';
  return new Conditions()
    .literal(`for_${whom} = 1`)
    .equal('enterprise', enterprise)
    .noneOf('topic', muted)
    .above("COALESCE(lapses_at, '~')", now);
}

/** Written out, so that the index of the alerts is used. */
function alertsOf(of: Whose): Conditions {
  return conditionsOf(of).literal(`kind = 'alert'`);
}
