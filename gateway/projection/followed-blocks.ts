import { ledger, type peer } from '@hyperledger/fabric-protos';
import type { OpenFullBlocks } from './follower.js';
import { type PrivateValue, readBlock, type ReadBlock, withValues } from './read-block.js';

const { kvrwset } = ledger.rwset;

/** Opens the peer's stream of blocks with private data. */
type OpenDelivered = (
  startBlock: bigint,
) => Promise<AsyncIterable<peer.BlockAndPrivateData> & { close(): void }>;

/**
 * Blocks of a government node, followed with their private data. Its organisation is a member of every collection, and
 * the channel lets nobody else follow them: Fabric would hand out other parties' data with them.
 */
export function followedBlocks(open: OpenDelivered, chaincode: string): OpenFullBlocks {
  return async (startBlock) => {
    const delivered = await open(startBlock);
    return {
      close: () => {
        delivered.close();
      },
      [Symbol.asyncIterator]: async function* () {
        for await (const one of delivered) yield read(one, chaincode);
      },
    };
  };
}

function read(delivered: peer.BlockAndPrivateData, chaincode: string): ReadBlock {
  const block = delivered.getBlock();
  if (block === undefined) throw new Error('The peer delivered no block.');
  const { number, transactions } = readBlock(block, chaincode);
  const sets = delivered.getPrivateDataMapMap();
  return {
    number,
    transactions: transactions.map((transaction) =>
      withValues(transaction, privateValues(sets.get(transaction.position), chaincode), () => true),
    ),
  };
}

function privateValues(set: ledger.rwset.TxPvtReadWriteSet | undefined, chaincode: string): PrivateValue[] {
  if (set === undefined) return [];
  return set
    .getNsPvtRwsetList()
    .filter((namespace) => namespace.getNamespace() === chaincode)
    .flatMap((namespace) => namespace.getCollectionPvtRwsetList())
    .flatMap((collection) =>
      kvrwset.KVRWSet.deserializeBinary(collection.getRwset_asU8())
        .getWritesList()
        .filter((write) => !write.getIsDelete())
        .map((write) => ({
          collection: collection.getCollectionName(),
          key: write.getKey(),
          value: Buffer.from(write.getValue_asU8()).toString('utf8'),
        })),
    );
}
