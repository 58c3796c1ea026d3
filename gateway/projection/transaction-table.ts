import { z } from 'zod';
import { onceFor } from '../once-for.js';
import { commonName } from '../people/certificate.js';
import type { Database } from './database.js';
import { packHashes, valueHashIn } from './packed-hashes.js';
import type { BlockTransaction } from './read-block.js';

const rowSchema = z
  .object({
    tx_id: z.string(),
    block: z.number(),
    position: z.number(),
    time: z.string(),
    msp: z.string(),
    signer: z.string(),
    code: z.number(),
  })
  .transform(({ tx_id, msp, ...rest }) => ({ transactionId: tx_id, mspId: msp, ...rest }));

const hashesSchema = z.object({ hashes: z.instanceof(Uint8Array) }).nullable();
/** Packed once for all organisations of this process. */
const packed = onceFor(packHashes);

/** Every transaction of every block, valid or not. */
export const transactionTableSql = `
CREATE TABLE transactions (
  tx_id TEXT PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL, time TEXT NOT NULL,
  msp TEXT NOT NULL, signer TEXT NOT NULL, code INTEGER NOT NULL, hashes BLOB NOT NULL
);
`;

/** Where a transaction lies on the ledger, and who signed it when. */
export type TransactionRow = z.infer<typeof rowSchema>;

/** Keeps a transaction of a block, whatever came of it. */
export function keepTransaction(
  database: Database,
  block: number,
  { transactionId, position, time, mspId, certificate, code, hashes }: BlockTransaction,
): void {
  // A copy of a transaction is invalid and must not hide the first.
  database.run('INSERT OR IGNORE INTO transactions VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
    transactionId,
    block,
    position,
    time,
    mspId,
    commonName(certificate),
    code,
    packed(hashes),
  ]);
}

/** Finds transactions, whatever came of them, and the hashes that they wrote. */
export class TransactionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(transactionId: string): TransactionRow | undefined {
    const row = this.#database.get(
      'SELECT tx_id, block, position, time, msp, signer, code FROM transactions WHERE tx_id = ?',
      [transactionId],
    );
    return row === null ? undefined : rowSchema.parse(row);
  }

  /**
   * The hash that a transaction wrote for a private key, out of the block itself.
   *
   * @param keyHash Hexadecimal SHA-256 of the key.
   */
  hashOf(transactionId: string, collection: string, keyHash: string): string | undefined {
    const row = this.#database.get('SELECT hashes FROM transactions WHERE tx_id = ?', [transactionId]);
    const kept = hashesSchema.parse(row);
    return kept === null ? undefined : valueHashIn(kept.hashes, collection, keyHash);
  }
}
