import { partyCollection } from '@pledgeonce/chaincode/ledger/addresses.js';
import { partyKeys } from '@pledgeonce/chaincode/audit/party-keys.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { limits } from '@pledgeonce/chaincode/schemas.js';
import type { VerifiedBlock, VerifiedBlocks } from '../ledger/blocks/block-source.js';
import type { OpenFullBlocks } from './follower.js';
import {
  type BlockTransaction,
  type PrivateValue,
  readBlock,
  type ReadBlock,
  withValues,
} from './read-block.js';

/** What the organisation's own peer answers. */
export interface OwnPeer {
  readonly mspId: string;
  readonly chaincode: string;
  /** Its blocks, verified; the private values are not in them. */
  open(startBlock: number, previous?: Buffer): Promise<VerifiedBlocks>;
  /** What the own collection holds under these keys now, in their order. */
  records(keys: readonly string[]): Promise<readonly (string | null)[]>;
}

/**
 * Blocks of an organisation that is not of the government: each is verified, and the own records that it
 * wrote are read through the chaincode. Every version of a record has a key of its own, so what is read later is what
 * the block wrote; of the one kind without versions, a transfer on offer, the tables need only the last.
 */
export function assembledBlocks(own: OwnPeer): OpenFullBlocks {
  return async (startBlock, previous) => {
    const blocks = await own.open(startBlock, previous);
    return {
      close: () => {
        blocks.close();
      },
      [Symbol.asyncIterator]: async function* () {
        for await (const block of blocks) yield assemble(own, block);
      },
    };
  };
}

async function assemble(own: OwnPeer, { block, hash }: VerifiedBlock): Promise<ReadBlock> {
  const collection = partyCollection(own.mspId);
  const read = readBlock(block, hash, own.chaincode);
  const { transactions } = read;
  const keys = transactions.map((transaction) => ownKeys(transaction, collection));
  const records = await readAll(own, [...new Set(keys.flat())]);
  return {
    ...read,
    transactions: transactions.map((transaction, index) => {
      const values = (keys[index] ?? []).flatMap((key): PrivateValue[] => {
        const value = records.get(key);
        return value === undefined ? [] : [{ collection, key, value }];
      });
      return withValues(transaction, values, (name) => name === collection);
    }),
  };
}

/** The keys of the own collection that the transaction wrote, which stand in the block as hashes only. */
function ownKeys({ event, hashes }: BlockTransaction, collection: string): string[] {
  const written = new Set(
    hashes.filter((one) => one.collection === collection).map(({ keyHash }) => keyHash),
  );
  if (written.size === 0) return [];
  const possible = new Set((event?.changes ?? []).flatMap(partyKeys));
  return [...possible].filter((key) => written.has(digest(key)));
}

async function readAll(own: OwnPeer, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let start = 0; start < keys.length; start += limits.recordsPerReading) {
    const some = keys.slice(start, start + limits.recordsPerReading);
    const records = await own.records(some);
    some.forEach((key, index) => {
      const record = records[index];
      if (typeof record === 'string') found.set(key, record);
    });
  }
  return found;
}
