import type { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelDefinition } from './channel.js';
import type { ParsedTransaction } from './transaction.js';
import type { Version } from './version.js';

/** A number of `peer.TxValidationCode`. */
export type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

/** Metadata of a key by name; `VALIDATION_PARAMETER` holds its endorsement policy. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

/** A public key's committed value. */
export interface StateEntry {
  readonly key: string;
  readonly value: Buffer;
  readonly version: Version;
  readonly metadata: Metadata;
}

/** What every organisation knows of a private key: hashes only. */
export interface HashedEntry {
  readonly valueHash: Buffer;
  readonly version: Version;
  readonly metadata: Metadata;
}

/** A private value, as an organisation that is a member of the collection holds it. */
export interface PrivateEntry {
  readonly key: string;
  readonly value: Buffer;
  readonly version: Version;
}

/** One past value of a public key. */
export interface HistoryEntry {
  readonly txId: string;
  /** From the channel header of the transaction: the client's clock. */
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly isDelete: boolean;
  readonly value: Buffer;
  readonly version: Version;
}

/**
 * All committed state as it was after one block. A simulation takes one, reads only from it and closes it, so that
 * every read sees the same height while blocks go on being committed. (Fabric makes commits wait instead.)
 *
 * Point reads are synchronous: LevelDB answers from memory or one page of its cache, faster than a turn of the
 * event loop. Keys are in UTF-8 byte order.
 */
export interface LedgerSnapshot {
  /** Blocks committed when it was taken. */
  readonly height: number;
  /** Public value; undefined when the key does not exist. */
  get(namespace: string, key: string): StateEntry | undefined;
  /**
   * Public keys from `start` (included) to `end` (excluded). An empty `start` begins at the first key, an empty
   * `end` goes to the last. To page, count what you take and pass the next page's first key as `start`, which is
   * Fabric's bookmark.
   */
  range(namespace: string, start: string, end: string): AsyncIterable<StateEntry>;
  /** Hash, version and metadata of a private key, known to every organisation. */
  getHashed(namespace: string, collection: string, keyHash: Uint8Array): HashedEntry | undefined;
  /**
   * Private value as the peer of `organisation` (an MSP id) has it.
   *
   * @returns undefined when the key does not exist on the ledger.
   * @throws PrivateDataUnavailable when it exists but this organisation does not hold that version: it is no
   * member, or the data never arrived. The message is Fabric's.
   */
  getPrivate(
    organisation: string,
    namespace: string,
    collection: string,
    key: string,
  ): PrivateEntry | undefined;
  /**
   * What `organisation` holds under a private key, whatever the ledger says of it: an old value where a newer one
   * never arrived, undefined where none did.
   */
  getHeld(organisation: string, namespace: string, collection: string, key: string): PrivateEntry | undefined;
  /** Private keys that `organisation` holds, in the same order and with the same bounds as {@link range}. */
  rangePrivate(
    organisation: string,
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncIterable<PrivateEntry>;
  /** Past values of a public key, newest first, deletions included. */
  history(namespace: string, key: string): AsyncIterable<HistoryEntry>;
  close(): void;
}

/** A transaction of a committed block. */
export interface CommittedTransaction {
  readonly index: number;
  /** Empty when the envelope was too broken to have one. */
  readonly txId: string;
  readonly code: ValidationCode;
  /** Serialized `common.Envelope`. */
  readonly envelope: Uint8Array;
  /** The parsed envelope, read at most once; undefined when it cannot be read. */
  readonly parsed: ParsedTransaction | undefined;
}

/** A block that will never change. */
export interface CommittedBlock {
  readonly number: number;
  /** Hash of its header: what the next block carries as previous hash. */
  readonly hash: Buffer;
  /** Serialized `common.Block`, as Fabric encodes it, metadata included. */
  readonly bytes: Buffer;
  /** The same as a message; parsed at most once. Not to be changed. */
  readonly message: common.Block;
  readonly transactions: readonly CommittedTransaction[];
}

/** Where a transaction ended. */
export interface TransactionStatus {
  readonly block: number;
  readonly index: number;
  readonly code: ValidationCode;
}

/** The ledger of one channel, shared by the peers of all organisations; private data is read by members of its collection. */
export interface Ledger {
  readonly definition: ChannelDefinition;
  /** Number of blocks; the last block's number is one less. */
  readonly height: number;
  /** Header hash of the last block. */
  readonly tip: Buffer;
  readonly previousHash: Buffer;
  snapshot(): LedgerSnapshot;

  block(number: number): CommittedBlock | undefined;
  blockByHash(hash: Uint8Array): CommittedBlock | undefined;
  /** The block that holds the first transaction of this id. */
  blockByTxId(txId: string): CommittedBlock | undefined;
  transaction(txId: string): CommittedTransaction | undefined;
  status(txId: string): TransactionStatus | undefined;
  /**
   * Resolves once the transaction is committed, valid or not; at once when it already is.
   *
   * @throws the signal's reason when it is aborted first.
   */
  waitForStatus(txId: string, signal?: AbortSignal): Promise<TransactionStatus>;
  /**
   * Committed blocks from this number on: first the stored ones, then each new one as it becomes durable. Ends when
   * the signal is aborted or the ledger closes. A slow reader holds up nobody.
   */
  follow(from: number, signal?: AbortSignal): AsyncIterable<CommittedBlock>;
  /** Calls back for each newly durable block, in order, before {@link waitForStatus} and broadcast resolve. */
  onCommit(listener: (block: CommittedBlock) => void): () => void;

  /**
   * Private write sets of a block that `organisation` holds, by index of the transaction: serialized
   * `rwset.TxPvtReadWriteSet` with only the collections of which it is a member.
   */
  privateData(organisation: string, block: number): Promise<ReadonlyMap<number, Buffer>>;
  /**
   * Keeps what an endorser's simulation wrote to collections until the transaction commits. All organisations'
   * peers share this transient store: that is how members that did not endorse receive the data (a process of one
   * machine needs no gossip). At commit only data that fits the hashes on the ledger is stored, and only with members.
   * Resolves once it survives a power cut: no endorsement is given out before.
   *
   * @param writes - serialized `rwset.TxPvtReadWriteSet`.
   */
  keepPrivateData(txId: string, writes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
