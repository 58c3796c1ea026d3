import { peer } from '@hyperledger/fabric-protos';
import type { Member } from './member.js';

/** Reads one block with the private data that the member may see, from the member's own peer. */
export async function blockWithPrivateData(
  member: Member,
  number: bigint,
): Promise<peer.BlockAndPrivateData> {
  return firstOf(await member.channel.getBlockAndPrivateDataEvents({ startBlock: number }));
}

export async function filteredBlock(member: Member, number: bigint): Promise<peer.FilteredBlock> {
  return firstOf(await member.channel.getFilteredBlockEvents({ startBlock: number }));
}

async function firstOf<T>(events: AsyncIterable<T> & { close(): void }): Promise<T> {
  try {
    for await (const event of events) return event;
  } finally {
    events.close();
  }
  throw new Error('the peer ended its stream without an event');
}
