import { memberSchema } from '@pledgeonce/chaincode/members/api.js';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';
import type { ReadBlock } from './read-block.js';

/** The register of members as it stands, in the order in which they came onto it. */
export const memberTableSql = `
CREATE TABLE members (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT, proposed INTEGER NOT NULL,
  view TEXT NOT NULL
);
CREATE INDEX members_proposed ON members (ordinal) WHERE proposed = 1;
`;

/** Notes what a block says of members. The register is public, so each version follows the one before it. */
export function keepMembers(database: Database, { transactions }: ReadBlock): void {
  for (const one of transactions.flatMap(({ registered = [] }) => registered)) {
    database.run(
      `INSERT INTO members (id, kind, state, proposed, view) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, proposed = excluded.proposed, view = excluded.view`,
      [one.id, one.kind, one.state ?? null, one.proposed === undefined ? 0 : 1, JSON.stringify(one)],
    );
  }
}

export interface MemberFilter {
  readonly kind?: Member['kind'] | undefined;
  readonly state?: Member['state'];
  /** Those of whom one government organisation has said what no second one has. */
  readonly proposed?: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const rowSchema = z.object({
  ordinal: z.number(),
  view: z.string().transform((text) => memberSchema.parse(JSON.parse(text))),
});

/** Who is on the register of members. */
export class MemberTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws CursorError */
  list({ kind, state, proposed, cursor, limit }: MemberFilter): { items: Member[]; next?: string } {
    const where = new Conditions()
      .equal('kind', kind)
      .equal('state', state)
      .equal('proposed', proposed === undefined ? undefined : Number(proposed))
      .above('ordinal', readCursor(cursor) ?? 0);
    const sql = `SELECT ordinal, view FROM members ${where.sql} ORDER BY ordinal LIMIT ${limit + 1}`;
    const rows = z.array(rowSchema).parse(this.#database.all(sql, where.values));
    const items = rows.slice(0, limit).map(({ view }) => view);
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }
}
