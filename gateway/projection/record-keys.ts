import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { ownDocument } from '@pledgeonce/chaincode/facts/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { customsNumber } from '@pledgeonce/chaincode/rules/customs-numbers.js';
import { canonicalNumber } from '@pledgeonce/chaincode/rules/numbers.js';
import { searchForm } from './conditions.js';
import type { Database } from './database.js';

/** By what else than its id a record is looked for. */
export interface LookUp {
  /** Number of the bank's loan application, in any spelling. */
  readonly applicationNumber?: string | undefined;
  /** The organisation's own reference, in any spelling. */
  readonly reference?: string | undefined;
  /** Number of a document that it draws on, in any spelling. */
  readonly document?: string | undefined;
}

export const recordKeysSql = `
CREATE TABLE record_keys (
  record TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (record, kind, key, ordinal)
) WITHOUT ROWID;
`;

/** What is said of a record, for those who look for it. */
interface Named {
  readonly id: string;
  readonly applicationNumber?: string | undefined;
  readonly reference?: string | undefined;
  readonly lines: readonly { readonly document: { readonly number: string } }[];
}

/** Makes a record found by what it says; a version adds what it says for the first time. */
export function putKeys(
  database: Database,
  record: 'claims' | 'payments' | 'own_documents',
  named: Named,
): void {
  const keys = [
    ['application', named.applicationNumber && searchForm(named.applicationNumber)],
    ['reference', named.reference && searchForm(named.reference)],
    ...named.lines.map(({ document }) => ['document', stored(document.number)]),
  ];
  for (const [kind, key] of keys) {
    if (kind === undefined || key === undefined) continue;
    database.run(
      `INSERT OR IGNORE INTO record_keys (record, kind, key, ordinal) SELECT ?, ?, ?, ordinal FROM ${record} WHERE id = ?`,
      [record, kind, key, named.id],
    );
  }
}

/** Makes an enterprise's own document found by its number. @param stored as the portal got it. */
export function putDocumentKey(database: Database, stored: string): void {
  const { id, number } = decodeRecord(ownDocument, stored);
  putKeys(database, 'own_documents', { id, lines: [{ document: { number } }] });
}

/**
 * Under which keys a look-up finds what it means.
 *
 * @throws LedgerError NUMBER_INVALID or NUMBER_MIXED_SCRIPT for what is no document number.
 */
export function keysOf({ applicationNumber, reference, document }: LookUp): [kind: string, keys: string[]][] {
  return [
    ...(applicationNumber === undefined ? [] : [keyed('application', searchForm(applicationNumber))]),
    ...(reference === undefined ? [] : [keyed('reference', searchForm(reference))]),
    ...(document === undefined ? [] : [keyed('document', ...spellings(document))]),
  ];
}

function keyed(kind: string, ...keys: string[]): [string, string[]] {
  return [kind, keys];
}

/** A number that is written in a claim may be of any type of document, and a declaration's has more than one length. */
function spellings(number: string): string[] {
  const canonical = canonicalNumber(number, 'document');
  try {
    return [...new Set([canonical, customsNumber(canonical, {}, 'document')])];
  } catch (error) {
    if (error instanceof LedgerError) return [canonical];
    throw error;
  }
}

function stored(number: string): string {
  try {
    return spellings(number).at(-1) ?? number;
  } catch (error) {
    // The ledger has taken it, so it is shown; it is found under what it looks like.
    if (error instanceof LedgerError) return searchForm(number);
    throw error;
  }
}
