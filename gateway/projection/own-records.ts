import type { OwnThing } from '@pledgeonce/chaincode/events.js';
import { z } from 'zod';
import { Conditions } from './conditions.js';
import type { Database } from './database.js';

/** In which table the things of each kind are listed. */
const tables: Readonly<Record<OwnThing, string>> = {
  claim: 'claims',
  payment: 'payments',
  fact: 'facts',
  authorisation: 'authorisations',
  query: 'credit_queries',
  request: 'requests',
  offer: 'offers',
  check: 'offshore_checks',
  loan: 'loans',
  mandate: 'mandates',
  assignment: 'assignments',
  indemnity: 'indemnities',
  objection: 'objections',
  consent: 'consents',
  correction: 'corrections',
  debt: 'debts',
  'mark-consent': 'mark_consents',
  reconciliation: 'reconciliations',
  step: 'document_steps',
};

const rowsSchema = z.array(z.object({ ordinal: z.number(), id: z.string() }));
/** A thing and its place in the order in which the ledger first told of it. */
export type OwnRecord = z.infer<typeof rowsSchema>[number];

/** Everything that the organisation's tables know, kind by kind. */
export class OwnRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Some of a kind, the first first.
   *
   * @param after ordinal with which the page before ended.
   * @param enterprise at the portal: whose.
   */
  page(of: OwnThing, after: number, limit: number, enterprise: string | undefined): OwnRecord[] {
    const order = `ORDER BY ordinal LIMIT ${limit}`;
    if (of === 'offer' && enterprise !== undefined) {
      const own = 'parent IN (SELECT id FROM requests WHERE enterprise = ?)';
      const sql = `SELECT ordinal, id FROM offers WHERE ${own} AND ordinal > ? ${order}`;
      return rowsSchema.parse(this.#database.all(sql, [enterprise, after]));
    }
    const { sql, values } = new Conditions().equal('enterprise', isOfEnterprise(of) ? enterprise : undefined);
    const where = sql === '' ? 'WHERE' : `${sql} AND`;
    return rowsSchema.parse(
      this.#database.all(`SELECT ordinal, id FROM ${tables[of]} ${where} ordinal > ? ${order}`, [
        ...values,
        after,
      ]),
    );
  }
}

/** What no enterprise stands beside is a bank's, an insurer's or a carrier's, and not at the portal. */
function isOfEnterprise(of: OwnThing): boolean {
  return !['mandate', 'indemnity', 'reconciliation', 'offer', 'step'].includes(of);
}
