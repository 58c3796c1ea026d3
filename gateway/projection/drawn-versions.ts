import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import type { Payment } from '@pledgeonce/chaincode/payments/records.js';
import type { Database } from './database.js';
import type { Written } from './trade-versions.js';

/** What was drawn on which document, and when each version of the claim or payment came; where money was paid out. */
export const drawnVersionSql = `
CREATE TABLE claim_versions (
  id TEXT NOT NULL, seq INTEGER NOT NULL, tx_id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (id, seq)
) WITHOUT ROWID;
CREATE TABLE claim_lines (fact TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (fact, claim)) WITHOUT ROWID;
CREATE TABLE financed (
  fact TEXT NOT NULL PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE payment_versions (
  id TEXT NOT NULL, seq INTEGER NOT NULL, tx_id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (id, seq)
) WITHOUT ROWID;
CREATE TABLE payment_lines (fact TEXT NOT NULL, payment TEXT NOT NULL, PRIMARY KEY (fact, payment)) WITHOUT ROWID;
`;

/** Keeps a version of a claim or payment. */
export function keepDraw(
  database: Database,
  { block, position, transactionId }: Written,
  draw: 'claim' | 'payment',
  { id, seq, state, lines }: Pick<Claim | Payment, 'id' | 'seq' | 'state' | 'lines'>,
): void {
  database.run(`INSERT OR IGNORE INTO ${draw}_versions VALUES (?, ?, ?, ?)`, [id, seq, transactionId, state]);
  for (const { fact } of lines) {
    database.run(`INSERT OR IGNORE INTO ${draw}_lines VALUES (?, ?)`, [fact, id]);
    // Whatever becomes of the loan, money was paid out on the document here.
    if (draw === 'claim' && state === 'disbursed') {
      database.run('INSERT OR IGNORE INTO financed VALUES (?, ?, ?)', [fact, block, position]);
    }
  }
}

/**
 * Whether a loan was paid out on a document, whatever has become of the claim since.
 *
 * @param before a document: only what was paid out before that one was first recorded counts.
 */
export function wasFinanced(database: Database, fact: string, before?: string): boolean {
  const earlier =
    before === undefined
      ? ''
      : 'AND (f.block, f.position) < (SELECT d.block, d.position FROM documents d WHERE d.fact = ?)';
  return (
    database.get(
      `SELECT 1 FROM financed f WHERE f.fact = ? ${earlier}`,
      before === undefined ? [fact] : [fact, before],
    ) !== null
  );
}
