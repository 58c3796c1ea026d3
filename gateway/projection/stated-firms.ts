import { firmId } from '@pledgeonce/chaincode/firms/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import type { Database } from './database.js';

/** Which registered ids the regulator has stated to be one firm, and in which block it last did. */
export const statedFirmsSql = `
CREATE TABLE stated_firms (ordinal INTEGER PRIMARY KEY, firm TEXT NOT NULL UNIQUE, ids TEXT NOT NULL, block INTEGER NOT NULL);
`;

/** Notes the directory's word on the first id of a firm: it lists them all. */
export function keepFirm(database: Database, block: number, stored: string): void {
  const { firm, ids = [] } = decodeRecord(firmId, stored);
  if (ids.length === 0) return;
  const name = partyText(firm);
  const texts = JSON.stringify(ids.map(partyText).sort());
  // The same word under a new fingerprint key is no new one.
  if (database.get('SELECT 1 FROM stated_firms WHERE firm = ? AND ids = ?', [name, texts]) !== null) return;
  database.run('INSERT OR REPLACE INTO stated_firms (firm, ids, block) VALUES (?, ?, ?)', [
    name,
    texts,
    block,
  ]);
}

const rowSchema = z.object({ ordinal: z.number(), firm: z.string(), ids: z.string(), block: z.number() });
const factsSchema = z.array(z.object({ ordinal: z.number(), fact: z.string() }));

/** A firm whose documents may have to be linked anew. */
export type StatedFirm = z.infer<typeof rowSchema>;

/** Ids that are one firm, in the order in which that was last stated, for the round that links their documents anew. */
export class StatedFirms {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first statement after another one, in the order in which they were made. */
  next(after: number): StatedFirm | undefined {
    const row = this.#database.get('SELECT * FROM stated_firms WHERE ordinal > ? ORDER BY ordinal LIMIT 1', [
      after,
    ]);
    return row === null ? undefined : rowSchema.parse(row);
  }

  /**
   * Documents that were recorded before the statement, of sellers whose id does not stand for the firm: the links of all
   * others say the same as before.
   */
  documents({ firm, ids, block }: StatedFirm, after: number, limit: number) {
    const rows = this.#database.all(
      `SELECT DISTINCT v.ordinal, d.fact FROM json_each(?) j
         CROSS JOIN document_versions v ON v.seller = j.value CROSS JOIN documents d ON d.ordinal = v.ordinal
       WHERE j.value <> ? AND v.ordinal > ? AND d.block <= ? ORDER BY v.ordinal LIMIT ?`,
      [ids, firm, after, block, limit],
    );
    return factsSchema.parse(rows);
  }
}
