import { registry } from '@pledgeonce/chaincode/ledger/addresses.js';
import { keyRing, keyRingAt } from '@pledgeonce/chaincode/ledger/key-ring.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { z } from 'zod';
import type { Database } from './database.js';
import type { PrivateValue } from './read-block.js';

/**
 * At a government node: what the registry finds by a text, where it lies under the newest of the keys under which it does,
 * and which keys are in use. Of the keys only their numbers are here, of the texts only digests.
 */
export const keyedEntriesSql = `
CREATE TABLE keyed_entries (origin TEXT NOT NULL PRIMARY KEY, key TEXT NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX keyed_entries_by_number ON keyed_entries (number);
CREATE TABLE keys_in_use (number INTEGER NOT NULL PRIMARY KEY);
`;

const originLength = 32;
const originSchema = z.object({
  origin: z.object({ kind: z.string(), text: z.string(), number: z.number() }).optional(),
});

/** Notes one value that a block has written. */
export function keepKeyed(database: Database, { collection, key, value }: PrivateValue): void {
  if (collection !== registry) return;
  if (key === keyRingAt.key) keepRing(database, value);
  else if (value.includes('"origin":{')) keepEntry(database, key, value);
}

function keepRing(database: Database, stored: string): void {
  database.run('DELETE FROM keys_in_use');
  for (const { number } of decodeRecord(keyRing, stored).keys)
    database.run('INSERT INTO keys_in_use VALUES (?)', [number]);
}

function keepEntry(database: Database, key: string, stored: string): void {
  const { origin } = originSchema.parse(JSON.parse(stored));
  if (origin === undefined) return;
  database.run(
    `INSERT INTO keyed_entries VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE
       SET key = excluded.key, number = excluded.number WHERE excluded.number > keyed_entries.number`,
    [digest(`${origin.kind}\n${origin.text}`).slice(0, originLength), key, origin.number],
  );
}

const behindSchema = z.object({ key: z.string(), number: z.number(), origin: z.string() });
/** An entry that lies under an older key only, and its place in the order in which they get their new ids. */
export type EntryBehind = z.infer<typeof behindSchema>;
const first = { number: 0, origin: '' };
const numbersSchema = z.object({ newest: z.number().nullable(), oldest: z.number().nullable() });

/** What still has to get its id under the newest fingerprint key. */
export class KeyedEntries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Records of the registry that lie under an older fingerprint key only, the oldest first. */
  behind(limit: number, after: Pick<EntryBehind, 'number' | 'origin'> = first): EntryBehind[] {
    const { newest } = this.#inUse();
    if (newest === null) return [];
    const rows = this.#database.all(
      `SELECT key, number, origin FROM keyed_entries
       WHERE number < ? AND (number, origin) > (?, ?) ORDER BY number, origin LIMIT ?`,
      [newest, after.number, after.origin, limit],
    );
    return z.array(behindSchema).parse(rows);
  }

  /**
   * The number of the key before which none is needed any more; undefined where that is the oldest one, or something still
   * lies under an older one only. Blocks that are not in the tables yet change nothing of that: since a rotation nothing is
   * written under an older key that was not there before.
   */
  get retirable(): number | undefined {
    const { newest, oldest } = this.#inUse();
    if (newest === null || newest === oldest || this.behind(1).length > 0) return undefined;
    return newest;
  }

  #inUse() {
    const row = this.#database.get('SELECT MAX(number) AS newest, MIN(number) AS oldest FROM keys_in_use');
    return numbersSchema.parse(row);
  }
}
