import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, Ledger } from '../../ledger/ledger.js';
import type { Collections } from '../collections.js';
import { filteredBlock } from './filtered-block.js';
import { field } from './wire.js';

/** Serializes one block as a `DeliverResponse` for a client of the organisation. */
export type BlockResponse = (block: CommittedBlock, mspId: string) => Promise<Buffer> | Buffer;

/*
 * Field numbers of DeliverResponse and BlockAndPrivateData. Blocks are passed on as the bytes that lie in the ledger:
 * every organisation follows them, and serializing each block once per follower costs more than committing it.
 */
const responseBlock = 2;
const responseBlockAndPrivateData = 4;
const innerBlock = 1;

export function statusResponse(status: common.StatusMap[keyof common.StatusMap]): Buffer {
  const response = new peer.DeliverResponse();
  response.setStatus(status);
  return Buffer.from(response.serializeBinary());
}

export function wholeBlock(block: CommittedBlock): Buffer {
  return field(responseBlock, block.bytes);
}

export function filtered(channel: string): BlockResponse {
  return (block) => {
    const response = new peer.DeliverResponse();
    response.setFilteredBlock(filteredBlock(block, channel));
    return Buffer.from(response.serializeBinary());
  };
}

/**
 * The block with the private data that this organisation's peer holds. As in Fabric, membership is asked for only where
 * the collection's reads are members-only: of every other collection whoever may have the block gets all.
 */
export function withPrivateData(
  ledger: Ledger,
  organisation: string,
  collections: Collections,
): BlockResponse {
  return async (block, mspId) => {
    const held = await ledger.privateData(organisation, block.number);
    const shown = new peer.BlockAndPrivateData();
    for (const [index, writes] of held) {
      const visible = visibleTo(mspId, writes, collections);
      if (visible) shown.getPrivateDataMapMap().set(index, visible);
    }
    // Merging serialized messages is appending them.
    return field(
      responseBlockAndPrivateData,
      Buffer.concat([field(innerBlock, block.bytes), shown.serializeBinary()]),
    );
  };
}

function visibleTo(
  mspId: string,
  writes: Uint8Array,
  collections: Collections,
): ledgerProtos.rwset.TxPvtReadWriteSet | undefined {
  const set = ledgerProtos.rwset.TxPvtReadWriteSet.deserializeBinary(writes);
  for (const namespace of set.getNsPvtRwsetList()) {
    namespace.setCollectionPvtRwsetList(
      namespace.getCollectionPvtRwsetList().filter((one) => {
        const collection = collections.find(namespace.getNamespace(), one.getCollectionName());
        return collection && (!collection.memberOnlyRead || collection.members.includes(mspId));
      }),
    );
  }
  const kept = set
    .getNsPvtRwsetList()
    .filter((namespace) => namespace.getCollectionPvtRwsetList().length > 0);
  set.setNsPvtRwsetList(kept);
  return kept.length > 0 ? set : undefined;
}
