import { StoredBlock } from './committed-block.js';
import type { Frozen } from './disk.js';
import { keys } from './keys.js';
import { LedgerDamaged } from './ledger-damaged.js';
import type { Tip } from './tip.js';

/**
 * Proves the chain of blocks from the last one back to the first: each is the one whose hash the next one carries, and
 * holds the envelopes that its header sums up.
 *
 * @yields after each block, so that the caller may do something else.
 * @throws LedgerDamaged naming the block.
 */
export function* proveChain(disk: Pick<Frozen, 'get'>, { height, hash }: Tip): Generator<void> {
  let expected = hash;
  for (let number = height - 1; number >= 0; number--) {
    const block = readIntact(disk, number);
    if (!block.hash.equals(expected)) {
      const whose =
        number === height - 1 ? 'the one that was committed' : `what block ${number + 1} continues`;
      throw new LedgerDamaged(`Block ${number} is not ${whose}`, number);
    }
    if (!disk.get(keys.blockByHash(block.hash))?.equals(keys.block(number).subarray(1))) {
      throw new LedgerDamaged(`The index of blocks by hash does not name block ${number}`, number);
    }
    expected = block.previousHash;
    yield;
  }
  if (expected.length > 0) throw new LedgerDamaged('Block 0 continues another block', 0);
}

/** @throws LedgerDamaged when the block is missing, or is not one with this number and these envelopes. */
export function readIntact(disk: Pick<Frozen, 'get'>, number: number): StoredBlock {
  const bytes = disk.get(keys.block(number));
  if (bytes === undefined) throw new LedgerDamaged(`Block ${number} is missing`, number);
  let block: StoredBlock;
  try {
    block = StoredBlock.read(bytes);
  } catch (error) {
    throw new LedgerDamaged(`Block ${number} cannot be read`, number, error);
  }
  if (block.number !== number || !block.isIntact) {
    throw new LedgerDamaged(`Block ${number} does not hold what its header says`, number);
  }
  return block;
}
