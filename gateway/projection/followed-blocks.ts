import { ledger, type peer } from '@hyperledger/fabric-protos';
import type { VerifiedChain } from '../ledger/blocks/verified-chain.js';
import type { OpenFullBlocks } from './follower.js';
import { type PrivateValue, readBlock, type ReadBlock, withValues } from './read-block.js';

const { kvrwset } = ledger.rwset;

/** Opens the peer's stream of blocks with private data. */
type OpenDelivered = (
  startBlock: bigint,
) => Promise<AsyncIterable<peer.BlockAndPrivateData> & { close(): void }>;

/**
 * Blocks of a government node, followed with their private data. Its organisation is a member of the one collection, and
 * the channel lets nobody else follow them: Fabric would hand out other parties' data with them.
 *
 * @param verify how blocks are held against what the orderers have signed.
 */
export function followedBlocks(
  open: OpenDelivered,
  chaincode: string,
  verify: (previous?: Buffer) => Pick<VerifiedChain, 'take'>,
): OpenFullBlocks {
  return async (startBlock, previous) => {
    const delivered = await open(BigInt(startBlock));
    const chain = verify(previous);
    let number = startBlock;
    return {
      close: () => {
        delivered.close();
      },
      [Symbol.asyncIterator]: async function* () {
        for await (const one of delivered) {
          const block = one.getBlock();
          if (block === undefined) throw new Error('The peer delivered no block.');
          const hash = await chain.take(block, number++);
          yield read(readBlock(block, hash, chaincode), one, chaincode);
        }
      },
    };
  };
}

function read(block: ReadBlock, delivered: peer.BlockAndPrivateData, chaincode: string): ReadBlock {
  const sets = delivered.getPrivateDataMapMap();
  return {
    ...block,
    transactions: block.transactions.map((transaction) =>
      withValues(transaction, privateValues(sets.get(transaction.position), chaincode)),
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
