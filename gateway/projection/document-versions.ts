import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { factVersion } from '@pledgeonce/chaincode/facts/records.js';
import { citingOf, looseLink } from '@pledgeonce/chaincode/rules/citations.js';
import { dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import type { Database } from './database.js';
import { decoded } from './decoded.js';
import type { Written } from './trade-versions.js';

/** What documents say, version by version, and under what they are found; `document-archive.ts` reads them. */
export const documentVersionSql = `
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
`;

const ordinalSchema = z.object({ ordinal: z.number() });

/**
 * Keeps a version of a document.
 *
 * @returns the document's id.
 */
export function keepDocument(
  database: Database,
  { block, position, transactionId }: Written,
  stored: string,
): string {
  const { id, version, status, self, content } = decoded(factVersion, stored);
  const { type, number, seller, buyer, total, date, details, transport } = content;
  database.run('INSERT OR IGNORE INTO documents (fact, block, position, tx_id) VALUES (?, ?, ?, ?)', [
    id,
    block,
    position,
    transactionId,
  ]);
  const { ordinal } = ordinalSchema.parse(database.get('SELECT ordinal FROM documents WHERE fact = ?', [id]));
  const day = dayNumber(date);
  const containers = [...new Set([...(details?.containers ?? []), ...(transport?.containers ?? [])])];
  const { family, link, cites } = citingOf(content, seller);
  database.run(
    `INSERT OR IGNORE INTO document_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ordinal,
      version,
      block,
      status,
      type,
      catalogue[type].dimension,
      family,
      self ? 1 : 0,
      partyText(seller),
      buyer === undefined ? null : partyText(buyer),
      number,
      digitsOf(number),
      link,
      JSON.stringify(cites),
      total?.currency ?? null,
      total === undefined ? null : parseMoney(total, 'total', 'allow-zero').minor,
      day,
      JSON.stringify(containers),
    ],
  );
  for (const container of containers) {
    database.run('INSERT OR IGNORE INTO document_containers VALUES (?, ?, ?, ?)', [
      container,
      day,
      ordinal,
      version,
    ]);
  }
  keepLinks(database, [[link, 0], ...cites.map((cited) => [cited, 1] as const)], { ordinal, version });
  return id;
}

/** Under which texts a version is found: its own, and those of the papers that it cites. */
function keepLinks(
  database: Database,
  links: readonly (readonly [text: string, isCited: 0 | 1])[],
  { ordinal, version }: { readonly ordinal: number; readonly version: number },
): void {
  for (const [text, isCited] of links) {
    for (const one of new Set([text, looseLink(text)])) {
      database.run('INSERT OR IGNORE INTO document_links VALUES (?, ?, ?, ?)', [
        one,
        isCited,
        ordinal,
        version,
      ]);
    }
  }
}
