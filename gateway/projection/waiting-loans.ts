import { claimStates, claimViewSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
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

/** As the index spells it, so that it is used. */
const since = `substr(json_extract(view, '$.takenOn.recordedAt'), 1, 10)`;
const isUnmatched = `json_extract(view, '$.takenOn.unmatched') > 0`;
/** What has ended draws on nothing and waits for nothing. */
const isRunning = `state NOT IN (${claimStates
  .filter(isOver)
  .map((state) => `'${state}'`)
  .join(', ')})`;

/** Of the claims, those that were taken on and wait for a document: nothing else is indexed. */
export const waitingLoansSql = `
CREATE INDEX claims_waiting_since ON claims (${since}, ordinal) WHERE ${isUnmatched};
`;

/** Adds that a claim still waits for a document. */
export function stillWaiting(conditions: Conditions): Conditions {
  return conditions.literal(isUnmatched).literal(isRunning);
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
    const where = stillWaiting(new Conditions())
      .equal('owner', owner)
      .equal('enterprise', enterprise)
      .atMost(since, until)
      .behind([since, 'ordinal'], [day, ordinal]);
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, ${since} AS day, view FROM claims ${where.sql} ORDER BY ${since}, ordinal LIMIT ${limit + 1}`,
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
