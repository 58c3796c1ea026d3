import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, Ledger } from '../../ledger/ledger.js';
import type { Identity } from '../../msp/identity.js';
import type { Collections } from '../collections.js';
import { filteredBlock } from './filtered-block.js';
import { field } from './wire.js';

/** Serializes one block as a `DeliverResponse` for a client. */
export type BlockResponse = (block: CommittedBlock, client: Identity) => Promise<Buffer> | Buffer;

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
 * The block with the private data that this organisation's peer holds, as far as the client's organisation is a
 * member of the collection too.
 */
export function withPrivateData(
  ledger: Ledger,
  organisation: string,
  collections: Collections,
): BlockResponse {
  return async (block, client) => {
    const held = await ledger.privateData(organisation, block.number);
    const shown = new peer.BlockAndPrivateData();
    for (const [index, writes] of held) {
      const visible = visibleTo(client.mspId, writes, collections);
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
      namespace
        .getCollectionPvtRwsetList()
        .filter((one) =>
          collections.find(namespace.getNamespace(), one.getCollectionName())?.members.includes(mspId),
        ),
    );
  }
  const kept = set
    .getNsPvtRwsetList()
    .filter((namespace) => namespace.getCollectionPvtRwsetList().length > 0);
  set.setNsPvtRwsetList(kept);
  return kept.length > 0 ? set : undefined;
}
