import { claimViewSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { timeUp } from '@pledgeonce/chaincode/rules/claim-times.js';
import { instantText } from '@pledgeonce/chaincode/rules/dates.js';
import { rateBand, rateUnits } from '@pledgeonce/chaincode/rules/price.js';
import { z } from 'zod';
import { viewTextOf } from './claim-views.js';
import { Conditions, readCursor } from './conditions.js';
import type { Database } from './database.js';
import { dayCursor, readDayCursor } from './day-cursor.js';
import { unpriced } from './price-statistics.js';
import { keysOf } from './record-keys.js';
import type { LookUp } from './record-keys.js';
import { firstDue } from './view-table.js';
import { waitingLoansSql, waitingSince } from './waiting-loans.js';

export interface ClaimFilter extends LookUp {
  readonly state?: string | undefined;
  readonly product?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly owner?: string | undefined;
  /** Only loans that were taken on, or those of them that wait for a document. */
  readonly takenOn?: boolean | undefined;
  readonly unmatched?: boolean | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueBefore?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** As the index spells it, so that it is used. */
const isTakenOn = `json_extract(view, '$.takenOn.paidOutOn') IS NOT NULL`;

/** The claims that this organisation may see, at their latest version. */
export const claimTableSql = `
CREATE TABLE claims (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
  state TEXT NOT NULL, seq INTEGER NOT NULL, enterprise TEXT NOT NULL, product TEXT NOT NULL,
  currency TEXT NOT NULL, amount INTEGER NOT NULL, outstanding INTEGER NOT NULL, due_date TEXT NOT NULL,
  time_up TEXT, waiting_since TEXT, at_rate INTEGER, month TEXT NOT NULL, rate_band TEXT NOT NULL, outlet TEXT NOT NULL,
  rate INTEGER NOT NULL, all_in INTEGER NOT NULL, view TEXT NOT NULL
);
CREATE INDEX claims_by_state_due_date ON claims (state, due_date);
CREATE INDEX claims_time_up ON claims (time_up) WHERE time_up IS NOT NULL;
CREATE INDEX claims_at_rate ON claims (at_rate, ordinal) WHERE at_rate IS NOT NULL;
`;

/** What lists of claims are read by: where nobody is answered one, each claim would be kept in all of these for nothing. */
export const claimListsSql = `
CREATE INDEX claims_by_state ON claims (state);
CREATE INDEX claims_by_product ON claims (product);
CREATE INDEX claims_by_owner ON claims (owner);
CREATE INDEX claims_by_owner_state ON claims (owner, state);
CREATE INDEX claims_by_enterprise ON claims (enterprise);
CREATE INDEX claims_by_enterprise_state ON claims (enterprise, state);
CREATE INDEX claims_by_due_date ON claims (due_date);
CREATE INDEX claims_by_product_due_date ON claims (product, due_date);
CREATE INDEX claims_by_owner_due_date ON claims (owner, due_date);
CREATE INDEX claims_by_enterprise_due_date ON claims (enterprise, due_date);
CREATE INDEX claims_taken_on ON claims (ordinal) WHERE ${isTakenOn};
CREATE INDEX claims_unmatched ON claims (ordinal) WHERE waiting_since IS NOT NULL;
${waitingLoansSql}`;

const rowSchema = z.object({ ordinal: z.number(), dueDate: z.string(), view: z.string() });
const dueSoonSchema = z.array(z.object({ id: z.string(), dueDate: z.string() }));
const countSchema = z.object({ claims: z.number() });
const referenceSchema = z.object({ id: z.string(), owner: z.string() });
const dueSchema = referenceSchema.extend({ ordinal: z.number(), dueAt: z.string() });

/** A claim whose time is up, and its place among those. */
export type ClaimTimeUp = z.infer<typeof dueSchema>;

/** Claims that fall due soon: the first of them, and how many there are. */
export interface DueSoon {
  readonly items: readonly { readonly id: string; readonly dueDate: string }[];
  readonly count: number;
}

/**
 * Keeps a version of a claim, unless a later one is there.
 *
 * @param enterprise whose it is, as this organisation finds it.
 */
export function putClaim(database: Database, claim: Claim, enterprise: string): void {
  const up = timeUp(claim);
  database.run(
    `INSERT INTO claims (id, owner, state, seq, enterprise, product, currency, amount, outstanding, due_date,
       time_up, waiting_since, at_rate, month, rate_band, outlet, rate, all_in, view)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq,
       outstanding = excluded.outstanding, due_date = excluded.due_date, time_up = excluded.time_up,
       waiting_since = excluded.waiting_since, at_rate = excluded.at_rate, view = excluded.view WHERE excluded.seq > claims.seq`,
    [
      claim.id,
      claim.owner,
      claim.state,
      claim.seq,
      enterprise,
      claim.product,
      claim.currency,
      claim.amount,
      claim.outstanding,
      claim.dueDate,
      up === undefined ? null : instantText(up.at),
      waitingSince(claim),
      drawsAtARate(claim) ? 1 : null,
      claim.createdAt.slice(0, 7),
      claim.price === undefined ? unpriced : rateBand(claim.price.rate),
      claim.outlet ?? '',
      claim.price === undefined ? 0 : Number(rateUnits(claim.price.rate)),
      claim.price === undefined ? 0 : Number(rateUnits(claim.price.allIn)),
      viewTextOf(claim),
    ],
  );
}

/** Whether a rate that is published may concern the claim. */
function drawsAtARate({ state, lines }: Claim): boolean {
  return !isOver(state) && lines.some(({ rate }) => rate !== undefined);
}

/** Claims as the organisation's own peer has them. */
export class ClaimTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest first; with a day before which they are due, those that are due first in front. */
  list(filter: ClaimFilter): { items: ClaimView[]; next?: string } {
    const { dueFrom, dueBefore } = filter;
    return dueFrom === undefined && dueBefore === undefined ? this.#latest(filter) : this.#dueFirst(filter);
  }

  #latest({ limit, cursor, ...filter }: ClaimFilter): { items: ClaimView[]; next?: string } {
    const where = conditionsOf(filter).below('ordinal', readCursor(cursor) ?? Number.MAX_SAFE_INTEGER);
    return this.#page(where, 'ordinal DESC', limit, ({ ordinal }) => String(ordinal));
  }

  #dueFirst({ limit, cursor, dueFrom, dueBefore, ...filter }: ClaimFilter) {
    const { day, ordinal } = readDayCursor(cursor) ?? { day: '', ordinal: 0 };
    const where = conditionsOf(filter)
      .atLeast('due_date', dueFrom)
      .below('due_date', dueBefore)
      .behind(['due_date', 'ordinal'], [day, ordinal]);
    return this.#page(where, 'due_date, ordinal', limit, ({ dueDate: day, ordinal }) =>
      dayCursor({ day, ordinal }),
    );
  }

  #page(
    where: Conditions,
    order: string,
    limit: number,
    cursorOf: (row: z.infer<typeof rowSchema>) => string,
  ): { items: ClaimView[]; next?: string } {
    const rows = z
      .array(rowSchema)
      .parse(
        this.#database.all(
          `SELECT ordinal, due_date AS dueDate, view FROM claims ${where.sql} ORDER BY ${order} LIMIT ${limit + 1}`,
          where.values,
        ),
      );
    const items = rows.slice(0, limit).map(({ view }) => claimViewSchema.parse(JSON.parse(view)));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
  }

  /** @param enterprise at the portal: whose. */
  get(id: string, enterprise?: string): ClaimView | undefined {
    const where = new Conditions().equal('id', id).equal('enterprise', enterprise);
    const row = this.#database.get(
      `SELECT ordinal, due_date AS dueDate, view FROM claims ${where.sql}`,
      where.values,
    );
    return row === null ? undefined : claimViewSchema.parse(JSON.parse(rowSchema.parse(row).view));
  }

  ownerOf(id: string): string | undefined {
    const row = this.#database.get('SELECT id, owner FROM claims WHERE id = ?', [id]);
    return row === null ? undefined : referenceSchema.parse(row).owner;
  }

  /**
   * Live claims that draw on a document in another currency than their own, in the order in which they were made.
   *
   * @param after the one with which the page before ended.
   */
  drawnAtARate(most: number, after = 0): { id: string; owner: string; ordinal: number }[] {
    return z
      .array(referenceSchema.extend({ ordinal: z.number() }))
      .parse(
        this.#database.all(
          `SELECT id, owner, ordinal FROM claims WHERE at_rate = 1 AND ordinal > ? ORDER BY ordinal LIMIT ${most}`,
          [after],
        ),
      );
  }

  /**
   * Claims whose time is up: reservations and promises past their expiry, what is owed past its due date and disputes past
   * their end, the oldest first.
   *
   * @param after the one with which the page before ended.
   */
  pastTheirTime(
    now: Date,
    most: number,
    after: Pick<ClaimTimeUp, 'dueAt' | 'ordinal'> = firstDue,
  ): ClaimTimeUp[] {
    return z.array(dueSchema).parse(
      this.#database.all(
        `SELECT id, owner, ordinal, time_up AS dueAt FROM claims
         WHERE time_up <= ? AND (time_up, ordinal) > (?, ?) ORDER BY time_up, ordinal LIMIT ${most}`,
        [now.toISOString(), after.dueAt, after.ordinal],
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

  /**
   * Live claims whose due date comes soon, the first of them by name and all of them by number.
   *
   * @param enterprise at the portal: whose.
   */
  dueWithin(now: Date, days: number, most: number, enterprise?: string): DueSoon {
    const until = new Date(now.getTime() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const ofWhom = enterprise === undefined ? '' : ' AND enterprise = ?';
    const perState = ['disbursed', 'partly-repaid'].map((state) => {
      const values = [state, until, ...(enterprise === undefined ? [] : [enterprise])];
      const from = `FROM claims WHERE state = ? AND due_date <= ?${ofWhom}`;
      return {
        items: dueSoonSchema.parse(
          this.#database.all(
            `SELECT id, due_date AS dueDate ${from} ORDER BY due_date, ordinal LIMIT ${most}`,
            values,
          ),
        ),
        count: countSchema.parse(this.#database.get(`SELECT COUNT(*) AS claims ${from}`, values)).claims,
      };
    });
    return {
      items: perState
        .flatMap(({ items }) => items)
        .toSorted((left, right) => (left.dueDate < right.dueDate ? -1 : left.dueDate > right.dueDate ? 1 : 0))
        .slice(0, most),
      count: perState.reduce((sum, { count }) => sum + count, 0),
    };
  }
}

function conditionsOf({
  state,
  product,
  enterprise,
  owner,
  takenOn = false,
  unmatched = false,
  ...lookUp
}: Omit<ClaimFilter, 'limit'>): Conditions {
  const conditions = new Conditions();
  if (takenOn) conditions.literal(isTakenOn);
  if (unmatched) conditions.literal('waiting_since IS NOT NULL');
  return conditions
    .equal('state', state)
    .equal('product', product)
    .equal('enterprise', enterprise)
    .equal('owner', owner)
    .keyed('claims', keysOf(lookUp));
}
