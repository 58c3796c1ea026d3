import { claimStates, claimViewSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';

export interface ClaimFilter {
  readonly state?: string | undefined;
  readonly product?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly owner?: string | undefined;
  readonly dueBefore?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const rowSchema = z.object({ ordinal: z.number(), view: z.string() });
const countSchema = z.object({ claims: z.number() });
const referenceSchema = z.object({ id: z.string(), owner: z.string() });
const dueSchema = referenceSchema.extend({ ordinal: z.number() });

const endStates = claimStates
  .filter(isOver)
  .map((state) => `'${state}'`)
  .join(', ');

/** Claims as the organisation's own peer has them. */
export class ClaimTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest first. */
  list(filter: ClaimFilter): { items: ClaimView[]; next?: string } {
    const { limit, cursor } = filter;
    const where = new Conditions()
      .equal('state', filter.state)
      .equal('product', filter.product)
      .equal('enterprise', filter.enterprise)
      .equal('owner', filter.owner)
      .below('due_date', filter.dueBefore)
      .below('ordinal', readCursor(cursor));
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, view FROM claims ${where.sql} ORDER BY ordinal DESC LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => claimViewSchema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }

  ownerOf(id: string): string | undefined {
    const row = this.#database.get('SELECT id, owner FROM claims WHERE id = ?', [id]);
    return row === null ? undefined : referenceSchema.parse(row).owner;
  }

  /**
   * Reservations and promises past their expiry, loans past their due date and disputes past their time, oldest first. A
   * dispute stops none of these times.
   *
   * @param after Ordinal behind which to look, for the next page.
   */
  pastTheirTime(now: Date, most: number, after = 0): { id: string; owner: string; ordinal: number }[] {
    const instant = now.toISOString();
    const today = instant.slice(0, 10);
    return z.array(dueSchema).parse(
      this.#database.all(
        `SELECT id, owner, ordinal FROM claims
         WHERE ordinal > ? AND ((state IN ('reserved', 'accepted', 'disputed') AND expires_at < ?)
            OR (state IN ('disbursed', 'partly-repaid') AND due_date < ?)
            OR (state = 'disputed' AND (json_extract(view, '$.dispute.endsAt') < ?
              OR (json_extract(view, '$.dispute.before') IN ('disbursed', 'partly-repaid') AND due_date < ?))))
         ORDER BY ordinal LIMIT ${most}`,
        [after, instant, today, instant, today],
      ),
    );
  }

  /**
   * Live claims that draw on a document in another currency than their own, oldest first.
   *
   * @param after Ordinal behind which to look, for the next page.
   */
  drawnAtARate(most: number, after = 0): { id: string; owner: string; ordinal: number }[] {
    return z.array(dueSchema).parse(
      this.#database.all(
        `SELECT id, owner, ordinal FROM claims
         WHERE ordinal > ? AND state NOT IN (${endStates})
           AND EXISTS (SELECT 1 FROM json_each(view, '$.lines') WHERE json_extract(value, '$.rate') IS NOT NULL)
         ORDER BY ordinal LIMIT ${most}`,
        [after],
      ),
    );
  }

  /** How many claims of a bank, of whatever product, an enterprise has repaid. */
  settledOf(enterprise: string, owner: string): number {
    const row = this.#database.get(
      `SELECT COUNT(*) AS claims FROM claims WHERE enterprise = ? AND owner = ? AND state = 'settled'`,
      [enterprise, owner],
    );
    return countSchema.parse(row).claims;
  }

  /** Live claims whose due date comes soon. */
  dueWithin(now: Date, days: number): { id: string; dueDate: string }[] {
    const until = new Date(now.getTime() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
    return z.array(z.object({ id: z.string(), dueDate: z.string() })).parse(
      this.#database.all(
        `SELECT id, due_date AS dueDate FROM claims
           WHERE state IN ('disbursed', 'partly-repaid') AND due_date <= ? ORDER BY due_date LIMIT 1000`,
        [until],
      ),
    );
  }
}
