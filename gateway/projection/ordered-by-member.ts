import { z } from 'zod';
import { validCode } from '../ledger/commit-watcher.js';
import type { Database } from './database.js';
import type { ReadBlock } from './read-block.js';

/** So many blocks are summed up together: what a flood is shows in a thousand, and a year's blocks are few rows. */
const bucketBlocks = 1_000;

/** How much each member had ordered, and how much of it came to nothing. Filled at the regulator's gateway only. */
export const orderedByMemberSql = `
CREATE TABLE ordered_by_member (
  bucket INTEGER NOT NULL, msp TEXT NOT NULL, ordered INTEGER NOT NULL, invalid INTEGER NOT NULL,
  unreadable INTEGER NOT NULL, PRIMARY KEY (bucket, msp)
) WITHOUT ROWID;
`;

export const orderedSchema = z.strictObject({
  mspId: z.string(),
  /** Envelopes in the blocks, whatever came of them. */
  ordered: z.number().int(),
  /** Transactions that the peers found invalid, such as copies and conflicts. */
  invalid: z.number().int(),
  /** What nobody can read. */
  unreadable: z.number().int(),
});
/** What one member had ordered. */
export type Ordered = z.infer<typeof orderedSchema>;

/** Adds what a block holds to the sums of those who had it ordered. */
export function keepOrdered(database: Database, { number, transactions, malformed }: ReadBlock): void {
  const sums = new Map<string, Omit<Ordered, 'mspId'>>();
  const add = (mspId: string, what: { readonly invalid?: number; readonly unreadable?: number }) => {
    const { ordered, invalid, unreadable } = sums.get(mspId) ?? { ordered: 0, invalid: 0, unreadable: 0 };
    sums.set(mspId, {
      ordered: ordered + 1,
      invalid: invalid + (what.invalid ?? 0),
      unreadable: unreadable + (what.unreadable ?? 0),
    });
  };
  for (const { mspId, code } of transactions) add(mspId, code === validCode ? {} : { invalid: 1 });
  for (const { signer } of malformed) add(signer?.mspId ?? 'unknown', { unreadable: 1 });
  for (const [mspId, { ordered, invalid, unreadable }] of sums) {
    database.run(
      `INSERT INTO ordered_by_member VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (bucket, msp) DO UPDATE SET ordered = ordered + excluded.ordered,
         invalid = invalid + excluded.invalid, unreadable = unreadable + excluded.unreadable`,
      [Math.floor(number / bucketBlocks), mspId, ordered, invalid, unreadable],
    );
  }
}

/**
 * What each member had ordered of late, who had most in front.
 *
 * @param nextBlock the first block that is not in the tables yet.
 * @returns the sums of the latest thousand blocks and what of a thousand came before.
 */
export function orderedByMember(
  database: Database,
  nextBlock: number,
): { readonly from: number; readonly items: Ordered[] } {
  const bucket = Math.max(0, Math.floor((nextBlock - 1) / bucketBlocks) - 1);
  const rows = database.all(
    `SELECT msp AS mspId, SUM(ordered) AS ordered, SUM(invalid) AS invalid, SUM(unreadable) AS unreadable
     FROM ordered_by_member WHERE bucket >= ? GROUP BY msp ORDER BY ordered DESC, msp`,
    [bucket],
  );
  return { from: bucket * bucketBlocks, items: z.array(orderedSchema).parse(rows) };
}
