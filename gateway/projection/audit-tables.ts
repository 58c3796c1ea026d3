import { statedFirmsSql } from './stated-firms.js';
import { tradeVersionSql } from './trade-versions.js';

/**
 * What only the regulator's gateway keeps: the content of documents by version, so that an audit of today and one of
 * last year's blocks come from the same rows, the history of what was drawn on them, and what resembles what was
 * financed or paid on before.
 */
export const auditTableSql = `
CREATE TABLE documents (
  ordinal INTEGER PRIMARY KEY, fact TEXT NOT NULL UNIQUE, block INTEGER NOT NULL,
  position INTEGER NOT NULL, tx_id TEXT NOT NULL
);
CREATE TABLE document_versions (
  ordinal INTEGER NOT NULL, version INTEGER NOT NULL, block INTEGER NOT NULL, status TEXT NOT NULL, type TEXT NOT NULL,
  dimension TEXT NOT NULL, family TEXT NOT NULL, self INTEGER NOT NULL, seller TEXT NOT NULL, buyer TEXT,
  number TEXT NOT NULL, digits TEXT NOT NULL, link TEXT NOT NULL, cites TEXT NOT NULL, currency TEXT, amount INTEGER,
  day INTEGER NOT NULL, containers TEXT NOT NULL, PRIMARY KEY (ordinal, version)
) WITHOUT ROWID;
CREATE INDEX documents_by_digits ON document_versions (seller, digits, self, ordinal DESC) WHERE digits <> '';
CREATE INDEX documents_by_amount ON document_versions (seller, currency, amount, self, ordinal DESC);
CREATE INDEX documents_by_day ON document_versions (seller, self, day, ordinal DESC);
CREATE TABLE document_links (
  link TEXT NOT NULL, cites INTEGER NOT NULL, ordinal INTEGER NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (link, cites, ordinal, version)
) WITHOUT ROWID;
CREATE TABLE document_containers (
  container TEXT NOT NULL, day INTEGER NOT NULL, ordinal INTEGER NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (container, day, ordinal, version)
) WITHOUT ROWID;
CREATE TABLE published_rates (
  currency TEXT NOT NULL, day INTEGER NOT NULL, block INTEGER NOT NULL, base TEXT NOT NULL, rate TEXT NOT NULL,
  PRIMARY KEY (currency, day, block)
) WITHOUT ROWID;
CREATE INDEX published_rates_by_block ON published_rates (block DESC, currency, base);
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
CREATE TABLE late_duplicates (
  ordinal INTEGER PRIMARY KEY, later TEXT NOT NULL, earlier TEXT NOT NULL, reasons TEXT NOT NULL,
  block INTEGER NOT NULL, UNIQUE (later, earlier)
);
CREATE TABLE late_reasons (
  reason TEXT NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (reason, ordinal)
) WITHOUT ROWID;
CREATE TABLE late_crowds (later TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
${tradeVersionSql}${statedFirmsSql}`;
