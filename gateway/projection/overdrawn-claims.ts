import { claimViewSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView, LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';

/** Claims of which the ledger has said that their documents are overdrawn, and not yet that they carry them again. */
export const overdrawnClaimsSql = `
CREATE TABLE overdrawn_claims (claim TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
`;

const rowSchema = z.object({ ordinal: z.number(), view: z.string() });
type Alert = Pick<LedgerEvent['alerts'][number], 'alert' | 'claims'>;

/** Keeps what an alert of the ledger says. */
export function noteOverdrawn(database: Database, { alert, claims = [] }: Alert): void {
  if (alert === 'overdrawn') {
    for (const id of claims) database.run('INSERT OR IGNORE INTO overdrawn_claims VALUES (?)', [id]);
  } else if (alert === 'overdrawn-cleared') {
    for (const id of claims) database.run('DELETE FROM overdrawn_claims WHERE claim = ?', [id]);
  }
}

/** Claims that the organisation may see and that are perhaps overdrawn: the ledger says by how much. */
export class OverdrawnClaims {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest first. */
  list({ cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number }): {
    items: ClaimView[];
    next?: string;
  } {
    const where = new Conditions().below('ordinal', readCursor(cursor) ?? Number.MAX_SAFE_INTEGER);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, view FROM claims JOIN overdrawn_claims ON claim = id ${where.sql} ORDER BY ordinal DESC LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => claimViewSchema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }
}
