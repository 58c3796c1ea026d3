import { claimViewSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { dateOfDay, dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { z } from 'zod';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';

export interface WaitingFilter {
  readonly owner?: string | undefined;
  readonly enterprise?: string | undefined;
  /** The last day, in UTC, on which they came on record. */
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The day on which a loan came on record that still waits for a document; of others there is none. */
export const waitingLoansSql = `
CREATE INDEX claims_waiting ON claims (waiting_since, ordinal) WHERE waiting_since IS NOT NULL;
CREATE INDEX claims_by_owner_waiting ON claims (owner, waiting_since, ordinal) WHERE waiting_since IS NOT NULL;
CREATE INDEX claims_by_enterprise_waiting ON claims (enterprise, waiting_since, ordinal)
  WHERE waiting_since IS NOT NULL;
`;

/** Since which day, in UTC, a claim waits for a document. What has ended draws on nothing and waits for nothing. */
export function waitingSince({ state, takenOn, lines }: Claim): string | null {
  const isWaiting = takenOn !== undefined && !isOver(state) && lines.some(({ awaited }) => awaited);
  return isWaiting ? takenOn.recordedAt.slice(0, 10) : null;
}

const rowSchema = z.object({ ordinal: z.number(), day: z.string(), view: z.string() });

/** Loans that were taken on and wait for a document that no authority has recorded. */
export class WaitingLoans {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those that have waited longest in front. */
  list({ owner, enterprise, until, cursor, limit }: WaitingFilter): { items: ClaimView[]; next?: string } {
    const { day, ordinal } = placeOf(cursor);
    const where = new Conditions()
      .literal('waiting_since IS NOT NULL')
      .equal('owner', owner)
      .equal('enterprise', enterprise)
      .atMost('waiting_since', until)
      .behind(['waiting_since', 'ordinal'], [day, ordinal]);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, waiting_since AS day, view FROM claims ${where.sql} ORDER BY waiting_since, ordinal LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => claimViewSchema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined
      ? { items, next: String(dayNumber(last.day) * ordinals + last.ordinal) }
      : { items };
  }
}

/** A cursor is one whole number: the day and, behind it, ten digits of the ordinal. */
const ordinals = 10_000_000_000;

/** @throws CursorError */
function placeOf(cursor: string | undefined): { readonly day: string; readonly ordinal: number } {
  const place = readCursor(cursor);
  if (place === undefined) return { day: '', ordinal: 0 };
  return { day: dateOfDay(Math.floor(place / ordinals)), ordinal: place % ordinals };
}
