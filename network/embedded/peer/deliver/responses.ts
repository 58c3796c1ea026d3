import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, Ledger } from '../../ledger/ledger.js';
import { readable } from '../../ledger/readable.js';
import type { Collections } from '../collections.js';
import { filteredBlock } from './filtered-block.js';
import { SeekRefused } from './seek.js';

/** Serializes one block as a `DeliverResponse` for a client of the organisation. */
export type BlockResponse = (
  block: CommittedBlock,
  mspId: string,
  headersOnly: boolean,
) => Promise<Buffer> | Buffer;

/*
 * Field numbers of DeliverResponse and BlockAndPrivateData. Blocks are passed on as the bytes that lie in the ledger:
 * every organisation follows them, and serializing each block once per follower costs more than committing it.
 */
const responseBlock = 2;
const responseBlockAndPrivateData = 4;
const innerBlock = 1;

/** The message that ends a stream, or refuses it. */
export function statusResponse(status: common.StatusMap[keyof common.StatusMap]): Buffer {
  const response = new peer.DeliverResponse();
  response.setStatus(status);
  return Buffer.from(response.serializeBinary());
}

/** The block with everything that the peer has added to it, but no private data. */
export function wholeBlock(block: CommittedBlock, _mspId: string, headersOnly: boolean): Buffer {
  return field(responseBlock, headersOnly ? withoutData(block, block.message) : block.bytes);
}

/** The block as the orderers know it: what peers add after they have validated it is not in it. */
export function orderedBlock(block: CommittedBlock, _mspId: string, headersOnly: boolean): Buffer {
  const { BlockMetadataIndex } = common;
  const entries = block.message.getMetadata()?.getMetadataList_asU8() ?? [];
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList(
    entries
      .slice(0, BlockMetadataIndex.COMMIT_HASH)
      .map((entry, index) => (index === BlockMetadataIndex.TRANSACTIONS_FILTER ? new Uint8Array() : entry)),
  );
  const ordered = new common.Block();
  ordered.setHeader(block.message.getHeader());
  ordered.setData(block.message.getData());
  ordered.setMetadata(metadata);
  return field(responseBlock, headersOnly ? withoutData(block, ordered) : ordered.serializeBinary());
}

/** Of a block that sets the configuration everything is sent, for only from it can the signatures be verified. */
function withoutData({ transactions }: CommittedBlock, message: common.Block): Uint8Array {
  if (transactions[0]?.parsed?.type === common.HeaderType.CONFIG) return message.serializeBinary();
  const bare = new common.Block();
  bare.setHeader(message.getHeader());
  bare.setMetadata(message.getMetadata());
  return bare.serializeBinary();
}

/** Blocks without their content: ids, verdicts and the names of events, which every member of the channel may see. */
export function filtered(channel: string): BlockResponse {
  return (block) => {
    const response = new peer.DeliverResponse();
    const reduced = readable(() => filteredBlock(block, channel));
    if (reduced === undefined) {
      throw new SeekRefused(common.Status.BAD_REQUEST, `block ${block.number} cannot be reduced`);
    }
    response.setFilteredBlock(reduced);
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

/** A length-delimited protobuf field whose content is already serialized. */
function field(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
