import { claimStateSchema } from '@pledgeonce/chaincode/api.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { z } from 'zod';
import { searchForm } from './conditions.js';
import type { Database } from './database.js';

/** Every version of the organisation's own claims with its time: the book as of a day that has passed. */
export const claimVersionsSql = `
CREATE TABLE booked_versions (
  ordinal INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL, currency TEXT NOT NULL,
  owed INTEGER NOT NULL, due_date TEXT NOT NULL, PRIMARY KEY (ordinal, seq)
) WITHOUT ROWID;
`;

const rowSchema = z.object({
  ordinal: z.number(),
  id: z.string(),
  applicationNumber: z.string(),
  state: claimStateSchema,
  currency: z.string(),
  owed: z.number().transform((minor) => BigInt(minor)),
  dueDate: z.string(),
});
/** A claim as it stood at a moment. */
export type BookedClaim = z.infer<typeof rowSchema>;
const rowsSchema = z.array(rowSchema);

/** Keeps a version; once the claim itself is in its table. */
export function keepClaimVersion(database: Database, claim: Claim): void {
  const { id, seq, updatedAt, state, currency, dueDate } = claim;
  database.run(
    `INSERT OR IGNORE INTO booked_versions SELECT ordinal, ?, ?, ?, ?, ?, ? FROM claims WHERE id = ?`,
    [seq, updatedAt, state, currency, owed(claim), dueDate, id],
  );
}

/** What a bank has outstanding on a claim: nothing once it has ended, unless money was lent and has not come back. */
function owed({ state, paidOutAt, outstanding }: Claim): bigint {
  const staysOwed = state === 'written-off' || (state === 'rejected' && paidOutAt !== undefined);
  return isOver(state) && !staysOwed ? 0n : outstanding;
}

const columns = `c.ordinal, c.id, json_extract(c.view, '$.applicationNumber') AS applicationNumber,
  v.state, v.currency, v.owed, v.due_date AS dueDate`;
/** Of each claim the version that was the latest at the moment. */
const then = `v.ordinal = c.ordinal
  AND v.seq = (SELECT MAX(w.seq) FROM booked_versions w WHERE w.ordinal = c.ordinal AND w.at <= ?)`;

/** The organisation's claims as they stood at a moment. What lies after it in the ledger changes nothing. */
export class ClaimBook {
  readonly #database: Database;
  readonly #owners: string;
  readonly #moment: string;

  /**
   * @param names the bank, and under which other names it has inherited claims.
   * @param moment RFC 3339 in UTC with milliseconds, as the versions have it.
   */
  constructor(database: Database, names: readonly string[], moment: string) {
    this.#database = database;
    this.#owners = JSON.stringify(names);
    this.#moment = moment;
  }

  /** In the order in which they were made. */
  after(ordinal: number, limit: number): BookedClaim[] {
    return rowsSchema.parse(
      this.#database.all(
        `SELECT ${columns} FROM claims c CROSS JOIN booked_versions v ON ${then}
         WHERE c.owner IN (SELECT value FROM json_each(?)) AND c.ordinal > ? ORDER BY c.ordinal LIMIT ${limit}`,
        [this.#moment, this.#owners, ordinal],
      ),
    );
  }

  find(id: string): BookedClaim | undefined {
    const row = this.#database.get(
      `SELECT ${columns} FROM claims c CROSS JOIN booked_versions v ON ${then} WHERE c.owner IN (SELECT value FROM json_each(?)) AND c.id = ?`,
      [this.#moment, this.#owners, id],
    );
    return row === null ? undefined : rowSchema.parse(row);
  }

  /**
   * By the number of its application, in any spelling. A number may have been used again after a claim that ended without
   * having been paid out: the one that was live counts, else the last.
   */
  named(applicationNumber: string): BookedClaim | undefined {
    const found = rowsSchema.parse(
      this.#database.all(
        `SELECT ${columns} FROM record_keys k CROSS JOIN claims c ON c.ordinal = k.ordinal
           CROSS JOIN booked_versions v ON ${then}
         WHERE k.record = 'claims' AND k.kind = 'application' AND k.key = ? AND c.owner IN (SELECT value FROM json_each(?)) ORDER BY c.ordinal DESC`,
        [this.#moment, searchForm(applicationNumber), this.#owners],
      ),
    );
    return found.find(({ state }) => !isOver(state)) ?? found[0];
  }
}
