import { z } from 'zod';
import type { Database } from './database.js';

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

/** Where a transaction lies on the ledger, and who signed it when. */
export type TransactionRow = z.infer<typeof rowSchema>;

export class TransactionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(transactionId: string): TransactionRow | undefined {
    const row = this.#database.get('SELECT * FROM transactions WHERE tx_id = ?', [transactionId]);
    return row === null ? undefined : rowSchema.parse(row);
  }

  /**
   * The hashes that a transaction wrote for a private key, out of the block itself.
   *
   * @param keyHash Hexadecimal SHA-256 of the key.
   */
  hashesOf(transactionId: string, collection: string, keyHash: string): string[] {
    return z
      .array(z.object({ value_hash: z.string() }))
      .parse(
        this.#database.all(
          'SELECT value_hash FROM hashes WHERE collection = ? AND key_hash = ? AND tx_id = ?',
          [collection, keyHash, transactionId],
        ),
      )
      .map(({ value_hash }) => value_hash);
  }
}
