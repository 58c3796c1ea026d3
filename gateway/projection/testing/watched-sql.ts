import { z } from 'zod';
import { Database } from '../database.js';

/** What the tables were asked while somebody watched: work and not time, so that a test may hold it. */
export interface SqlWork {
  /** Statements that were run. */
  readonly statements: number;
  /** Rows that came back; what SQLite reads beyond them is in the plans. */
  readonly rows: number;
  /** Each statement's steps, as SQLite plans them. */
  readonly plans: ReadonlyMap<string, readonly string[]>;
}

const stepSchema = z.object({ detail: z.string() });

interface Watched {
  readonly database: Database;
  readonly sql: string;
  readonly values: Values;
}
type Values = Parameters<Database['all']>[1];

/** Watches every statement that runs while the work is done; how SQLite goes about it is asked afterwards. */
export function watchSql(work: () => void): SqlWork {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- each is called with the database that it belongs to
  const { all, get, run } = Database.prototype;
  const seen = new Map<string, Watched>();
  const counts = { statements: 0, rows: 0 };
  const count = (database: Database, sql: string, values: Values, rows: number) => {
    seen.set(sql, { database, sql, values });
    counts.statements += 1;
    counts.rows += rows;
  };
  Database.prototype.all = function (sql, values) {
    const rows = all.call(this, sql, values);
    count(this, sql, values, rows.length);
    return rows;
  };
  Database.prototype.get = function (sql, values) {
    const row = get.call(this, sql, values);
    count(this, sql, values, row === null ? 0 : 1);
    return row;
  };
  Database.prototype.run = function (sql, values) {
    run.call(this, sql, values);
    count(this, sql, values, 0);
  };
  try {
    work();
  } finally {
    Object.assign(Database.prototype, { all, get, run });
  }
  const plans = [...seen.values()].map(({ database, sql, values }) => {
    const steps = z.array(stepSchema).parse(database.all(`EXPLAIN QUERY PLAN ${sql}`, values));
    return [sql, steps.map(({ detail }) => detail)] as const;
  });
  return { ...counts, plans: new Map(plans) };
}

/** Tables that stay small however much is recorded: groups of sums, members that were removed, and the values of a list that a statement brings. */
const small =
  /^SCAN (checkpoint|json_each|j|f|claim_sums|payment_sums|removed_members|inheritances|CONSTANT ROW)\b/;

/** The steps that read a whole table, or sort what they found: what they cost grows with what is there. */
export function growingSteps({ plans }: SqlWork): string[] {
  return [...plans].flatMap(([sql, steps]) =>
    steps
      .filter((step) => (/^SCAN /.test(step) && !small.test(step)) || /TEMP B-TREE/.test(step))
      .filter((step) => !isOfFew(sql, step))
      .map((step) => `${step}: ${sql.replace(/\s+/g, ' ').trim()}`),
  );
}

/**
 * Groups of sums that are kept are few, and so are the draws on one document: the ledger bounds them. These may be sorted. An
 * index of what has yet to be done may be gone through, and one in its order for the first entry alone.
 */
function isOfFew(sql: string, step: string): boolean {
  const few = /FROM (claim_sums|due_sums|payment_sums|claim_lines|payment_lines|removed_members)\b/;
  const isFirst =
    /^SCAN feed$/.test(step) && /ORDER BY block DESC, position DESC, part DESC LIMIT 1$/.test(sql);
  return (step.includes('TEMP B-TREE') && few.test(sql)) || /INDEX facts_unread/.test(step) || isFirst;
}
