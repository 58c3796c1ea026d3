import { StoredBlock } from '../committed-block.js';
import type { Ledger } from '../ledger.js';
import { LedgerDamaged } from '../ledger-damaged.js';

/**
 * Recomputes the whole chain from the stored bytes: every block's data hash, header hash and link to the one before.
 *
 * @returns the number of blocks.
 * @throws LedgerDamaged at the first block that does not fit.
 */
export async function verifyChain(ledger: Ledger): Promise<number> {
  let previous: Buffer = Buffer.alloc(0);
  let count = 0;
  const { height } = ledger;
  for await (const { bytes, number } of ledger.follow(0)) {
    const block = StoredBlock.read(bytes);
    if (!block.isIntact || block.number !== count || !block.previousHash.equals(previous)) {
      throw new LedgerDamaged(`Block ${number} does not continue the chain`);
    }
    previous = block.hash;
    if (++count === height) break;
  }
  if (!previous.equals(ledger.tip)) throw new LedgerDamaged('The chain does not end where the ledger says');
  return count;
}
