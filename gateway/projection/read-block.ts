import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { eventSchema } from '@pledgeonce/chaincode/api.js';
import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { validCode } from '../ledger/commit-watcher.js';

const { kvrwset } = ledger.rwset;

/** The hash of one private value, as every peer of the channel holds it. */
export interface PrivateHash {
  readonly collection: string;
  /** Hexadecimal SHA-256 of the key. */
  readonly keyHash: string;
  /** Hexadecimal SHA-256 of the value. */
  readonly valueHash: string;
}

/** One private value that the own organisation's peer holds in clear. */
export interface PrivateValue {
  readonly collection: string;
  readonly key: string;
  readonly value: string;
}

/** What the projection uses of a transaction. */
export interface BlockTransaction {
  readonly transactionId: string;
  readonly position: number;
  /** RFC 3339, as the client wrote it into the proposal. */
  readonly time: string;
  readonly mspId: string;
  /** PEM of the signer. */
  readonly certificate: string;
  readonly code: number;
  /** The parts below are read only from transactions that are valid. */
  readonly event: LedgerEvent | undefined;
  readonly hashes: readonly PrivateHash[];
  readonly values: readonly PrivateValue[];
}

export interface ReadBlock {
  readonly number: number;
  readonly transactions: readonly BlockTransaction[];
}

/** Reads a block, whose private values are not in it: {@link withValues} adds them. */
export function readBlock(block: common.Block, chaincode: string): ReadBlock {
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return {
    number: block.getHeader()?.getNumber() ?? 0,
    transactions: envelopes.flatMap(
      (bytes, position) => readEnvelope(bytes, position, codes?.[position] ?? -1, chaincode) ?? [],
    ),
  };
}

/**
 * The transaction with its private values. An invalid one has none, although a peer of Fabric keeps, and delivers, what
 * it would have written.
 *
 * @param isHeld whether the own organisation's peer keeps the collection.
 * @throws Error when one is missing. A peer may commit a block before its private data has reached it; the tables wait
 *   for that, because nobody would bring it to them later.
 */
export function withValues(
  transaction: BlockTransaction,
  values: readonly PrivateValue[],
  isHeld: (collection: string) => boolean,
): BlockTransaction {
  if (transaction.code !== validCode) return transaction;
  const written = transaction.hashes.filter(({ collection }) => isHeld(collection));
  if (values.length < written.length) {
    const lacking = written.length - values.length;
    throw new Error(`The peer lacks ${lacking} private values of transaction ${transaction.transactionId}.`);
  }
  return { ...transaction, values };
}

function readEnvelope(
  bytes: Uint8Array,
  position: number,
  code: number,
  chaincode: string,
): BlockTransaction | undefined {
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
  );
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined;
  const signature = common.SignatureHeader.deserializeBinary(
    payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  const creator = msp.SerializedIdentity.deserializeBinary(signature.getCreator_asU8());
  const headers = {
    transactionId: header.getTxId(),
    position,
    time: (header.getTimestamp()?.toDate() ?? new Date(0)).toISOString(),
    mspId: creator.getMspid(),
    certificate: Buffer.from(creator.getIdBytes_asU8()).toString('utf8'),
    code,
  };
  if (code !== validCode) return { ...headers, event: undefined, hashes: [], values: [] };
  const actions = peer.Transaction.deserializeBinary(payload.getData_asU8())
    .getActionsList()
    .map(readAction)
    .filter((action) => action.getChaincodeId()?.getName() === chaincode);
  return {
    ...headers,
    event: actions.map(readEvent).find((event) => event !== undefined),
    hashes: actions.flatMap((action) => readHashes(action, chaincode)),
    values: [],
  };
}

function readAction(action: peer.TransactionAction): peer.ChaincodeAction {
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const response = peer.ProposalResponsePayload.deserializeBinary(
    payload.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
}

function readEvent(action: peer.ChaincodeAction): LedgerEvent | undefined {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  const json: unknown = JSON.parse(Buffer.from(event.getPayload_asU8()).toString('utf8'));
  // Events of a later version of the chaincode are skipped rather than stopping every list.
  return eventSchema.safeParse(json).data;
}

/** Hashes of the private values that an action writes, as its endorsers signed them. */
export function readHashes(action: peer.ChaincodeAction, chaincode: string): PrivateHash[] {
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  return sets
    .filter((set) => set.getNamespace() === chaincode)
    .flatMap((set) => set.getCollectionHashedRwsetList())
    .flatMap((set) =>
      kvrwset.HashedRWSet.deserializeBinary(set.getHashedRwset_asU8())
        .getHashedWritesList()
        .filter((write) => !write.getIsDelete())
        .map((write) => ({
          collection: set.getCollectionName(),
          keyHash: Buffer.from(write.getKeyHash_asU8()).toString('hex'),
          valueHash: Buffer.from(write.getValueHash_asU8()).toString('hex'),
        })),
    );
}
