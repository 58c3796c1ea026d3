import type { Database } from './database.js';
import type { ViewRow } from './view-table.js';

/**
 * Whom a credit query concerns: the enterprise that was asked about, and the one whose authorisation was quoted for it. An
 * enterprise reads its own log from here, in the order of the queries, however many others have.
 */
export const queryConcernsSql = `
CREATE TABLE query_concerns (
  concerns TEXT NOT NULL, query INTEGER NOT NULL, PRIMARY KEY (concerns, query)
) WITHOUT ROWID;
`;

/** Notes whom a query concerns. An authorisation that is quoted lies in an earlier block, or there is none. */
export function noteConcerns(database: Database, { id }: Pick<ViewRow, 'id'>): void {
  database.run(
    `INSERT OR IGNORE INTO query_concerns
     SELECT enterprise, ordinal FROM credit_queries WHERE id = ? AND enterprise IS NOT NULL`,
    [id],
  );
  database.run(
    `INSERT OR IGNORE INTO query_concerns
     SELECT authorisations.enterprise, credit_queries.ordinal
     FROM credit_queries CROSS JOIN authorisations ON authorisations.id = credit_queries.parent
     WHERE credit_queries.id = ? AND authorisations.enterprise IS NOT NULL`,
    [id],
  );
}
