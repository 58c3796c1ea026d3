import type { common } from '@hyperledger/fabric-protos';
import { lastConfiguration } from './block-signatures.js';
import { isConfiguration } from './channel-configuration.js';

/** Hands out a block of the organisation's own peer. */
export type ReadBlock = (number: number) => Promise<common.Block>;

/** Numbers of the blocks that configured the channel, from block 0 to the one in force at a block; in their order. */
export async function configurationsUpTo(number: number, readBlock: ReadBlock): Promise<number[]> {
  const places = new Set<number>();
  const last = await readBlock(number);
  let place = isConfiguration(last) ? number : lastConfiguration(last);
  while (place > 0) {
    places.add(place);
    const before = await readBlock(place - 1);
    place = isConfiguration(before) ? place - 1 : lastConfiguration(before);
  }
  return [...places.add(0)].toSorted((one, other) => one - other);
}
