import { common, peer } from '@hyperledger/fabric-protos';
import type { Msps } from '../msp/identity.js';
import type { CommittedState } from './block-updates.js';
import type { ChannelDefinition } from './channel.js';
import { ChannelPolicies } from './channel-policies.js';
import { StoredBlock } from './committed-block.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { CommitWaiters } from './commit-waiters.js';
import type { Change, Disk } from './disk.js';
import { encodeBlock } from './encode-block.js';
import { dropExpired, scheduleExpiry } from './expiry.js';
import { keys } from './keys.js';
import type {
  CommittedBlock,
  CommittedTransaction,
  Ledger,
  LedgerSnapshot,
  TransactionStatus,
} from './ledger.js';
import type { OpenedEnvelope } from './open-envelope.js';
import { purgePrivate, storePrivate, type Purge } from './private-changes.js';
import { privateWritesOf } from './private-writes.js';
import { readPrivateData } from './read-private-data.js';
import { decodeHashed, decodeState } from './records.js';
import { DiskSnapshot } from './snapshot.js';
import { commitHashOf, storeHistory, storeState } from './state-changes.js';
import { encodeTip, type Tip } from './tip.js';
import { indexTransactions, readStatus } from './transaction-index.js';
import type { Proof } from './proof.js';
import type { TransientStore } from './transient-store.js';
import { validateBlock, type ValidatedBlock, type ValidationContext } from './validate-block.js';
import type { Witness } from './witness.js';

const { BlockMetadataIndex } = common;
const { TxValidationCode: Code } = peer;
/** With their envelopes open, for those who follow closely; opened envelopes take some ten times their size. */
const BLOCKS_IN_MEMORY = 8;

/** A block that is ordered, but not yet validated. */
export interface OrderedBlock {
  readonly number: number;
  readonly previousHash: Buffer;
  readonly envelopes: readonly OpenedEnvelope[];
  /** `common.Metadata` with the orderer's signature over the header. */
  readonly signatures: Uint8Array;
}

export interface ChannelLedgerParts {
  readonly definition: ChannelDefinition;
  readonly msps: Msps;
  readonly disk: Disk;
  readonly tip: Tip;
  readonly transients: TransientStore;
  readonly witness: Witness;
}

/** The ledger on a disk. Blocks are committed one at a time, by the orderer. */
export class ChannelLedger implements Ledger {
  readonly definition: ChannelDefinition;
  readonly msps: Msps;
  readonly #disk: Disk;
  readonly #policies: ChannelPolicies;
  readonly #transients: TransientStore;
  readonly #witness: Witness;
  readonly #waiters = new CommitWaiters();
  readonly #recent = new Map<number, CommittedBlock>();
  readonly #context: ValidationContext;
  #tip: Tip;
  #proof: Proof | undefined;
  #isClosed = false;

  constructor({ definition, msps, disk, tip, transients, witness }: ChannelLedgerParts) {
    this.definition = definition;
    this.msps = msps;
    this.#disk = disk;
    this.#tip = tip;
    this.#transients = transients;
    this.#witness = witness;
    this.#policies = new ChannelPolicies(definition, msps);
    const state: CommittedState = {
      public: (namespace, key) => {
        const record = disk.get(keys.state(namespace, key));
        return record && decodeState(key, record);
      },
      hashed: (namespace, collection, keyHash) => {
        const record = disk.get(keys.hashed(namespace, collection, keyHash));
        const entry = record && decodeHashed(record);
        return entry && { ...entry, value: entry.valueHash };
      },
    };
    this.#context = {
      channel: definition.channel,
      msps,
      disk,
      state,
      policies: this.#policies,
      isCommitted: (txId) => disk.get(keys.transaction(txId)) !== undefined,
    };
  }

  get height(): number {
    return this.#tip.height;
  }

  get tip(): Buffer {
    return this.#tip.hash;
  }

  get previousHash(): Buffer {
    return Buffer.from(
      this.block(this.height - 1)
        ?.message.getHeader()
        ?.getPreviousHash_asU8() ?? [],
    );
  }

  snapshot(): LedgerSnapshot {
    return new DiskSnapshot(this.height, this.#disk.freeze(), this.#policies);
  }

  block(number: number): CommittedBlock | undefined {
    const recent = this.#recent.get(number);
    if (recent !== undefined) return recent;
    const bytes = number >= 0 && number < this.height ? this.#disk.get(keys.block(number)) : undefined;
    return bytes && StoredBlock.read(bytes);
  }

  blockByHash(hash: Uint8Array): CommittedBlock | undefined {
    const number = this.#disk.get(keys.blockByHash(hash));
    return number && this.block(number.readUIntBE(0, 6));
  }

  blockByTxId(txId: string): CommittedBlock | undefined {
    const status = this.status(txId);
    return status && this.block(status.block);
  }

  transaction(txId: string): CommittedTransaction | undefined {
    const status = this.status(txId);
    return status && this.block(status.block)?.transactions[status.index];
  }

  status(txId: string): TransactionStatus | undefined {
    return readStatus(this.#disk, txId);
  }

  async waitForStatus(txId: string, signal?: AbortSignal): Promise<TransactionStatus> {
    return this.status(txId) ?? this.#waiters.forTransaction(txId, signal);
  }

  async *follow(from: number, signal?: AbortSignal): AsyncGenerator<CommittedBlock> {
    for (let number = from; ; number++) {
      while (number >= this.height) {
        if (!(await this.#waiters.forBlock(signal))) return;
      }
      if (signal?.aborted === true) return;
      const block = this.block(number);
      if (block === undefined) return;
      yield block;
    }
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    return this.#waiters.listen(listener);
  }

  privateData(organisation: string, block: number): Promise<ReadonlyMap<number, Buffer>> {
    const holds = this.#policies.isMember.bind(this.#policies, organisation);
    return readPrivateData(this.#disk, holds, block);
  }

  keepPrivateData(txId: string, writes: Uint8Array): Promise<void> {
    return this.#transients.keep(txId, writes, this.height);
  }

  /**
   * Validates a block and writes it with everything that follows from it: one batch, synced, whole or not at all.
   *
   * @throws RangeError when it does not continue the chain, and what the disk throws; then nothing has changed.
   */
  async commit(ordered: OrderedBlock): Promise<CommittedBlock> {
    if (ordered.number !== this.height || !ordered.previousHash.equals(this.tip)) {
      throw new RangeError(`Block ${ordered.number} does not continue a chain of ${this.height} blocks`);
    }
    const validated = await validateBlock(ordered.number, ordered.envelopes, this.#context);
    const { block, commitHash } = this.#assemble(ordered, validated);
    await this.#transients.settled();
    const changes = [
      ...this.#blockChanges(block),
      ...(await this.#stateChanges(ordered, validated)),
      ...block.transactions.flatMap(({ txId }) => this.#transients.forget(txId)),
      ...this.#transients.forgetStale(this.height),
    ];
    const tip = { height: block.number + 1, hash: block.hash, commitHash };
    await this.#disk.write([...changes, { key: keys.tip(), value: encodeTip(tip) }], { sync: true });
    this.#witness.acknowledge(tip);
    this.#tip = tip;
    this.#recent.set(block.number, block);
    this.#recent.delete(block.number - BLOCKS_IN_MEMORY);
    this.#waiters.announce(block);
    return block;
  }

  #assemble(
    { number, previousHash, envelopes, signatures }: OrderedBlock,
    { codes, updates }: ValidatedBlock,
  ) {
    const isGenesis = number === 0;
    const commitHash = isGenesis ? Buffer.alloc(0) : commitHashOf(codes, updates.all(), this.#tip.commitHash);
    const metadata: Uint8Array[] = [];
    metadata[BlockMetadataIndex.SIGNATURES] = signatures;
    metadata[BlockMetadataIndex.LAST_CONFIG] = new Uint8Array();
    metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.from(codes);
    metadata[BlockMetadataIndex.ORDERER] = new Uint8Array();
    metadata[BlockMetadataIndex.COMMIT_HASH] = isGenesis ? commitHash : asMetadata(commitHash);
    const data = envelopes.map(({ bytes }) => bytes);
    const transactions = envelopes.map(({ headers, transaction, bytes }, index) => ({
      index,
      txId: headers?.txId ?? '',
      code: codes[index] ?? Code.NOT_VALIDATED,
      envelope: bytes,
      parsed: transaction,
    }));
    const bytes = encodeBlock({ number, previousHash, data, metadata });
    return { commitHash, block: StoredBlock.fresh({ number, previousHash, data, bytes, transactions }) };
  }

  #blockChanges({ number, hash, bytes, transactions }: CommittedBlock): Change[] {
    return [
      { key: keys.block(number), value: bytes, isNew: true },
      { key: keys.blockByHash(hash), value: keys.block(number).subarray(1), isNew: true },
      ...indexTransactions(this.#disk, number, transactions),
    ];
  }

  async #stateChanges(
    { number, envelopes }: OrderedBlock,
    { codes, updates }: ValidatedBlock,
  ): Promise<Change[]> {
    const all = updates.all();
    const sets = envelopes.flatMap(({ transaction }, tx) =>
      codes[tx] === Code.VALID && transaction?.action !== undefined
        ? privateWritesOf(
            tx,
            transaction.txId,
            transaction.action.namespaces,
            this.#transients,
            this.#policies,
          )
        : [],
    );
    const stored = storePrivate(number, sets);
    const isUpdated = (...place: [string, string, Uint8Array]): boolean =>
      updates.hashed(...place) !== undefined;
    return [
      ...(await dropExpired(number, this.#disk, isUpdated)),
      ...storeState(all),
      ...storeHistory(number, envelopes, (tx) => codes[tx] === Code.VALID),
      ...stored,
      ...scheduleExpiry(all, sets, this.#policies),
      ...(await purgePrivate(purgesOf(envelopes, codes), stored, this.#disk, all)),
    ];
  }

  /**
   * Has the rest of the ledger proved beside other work.
   *
   * @param afterMs begins after so many milliseconds.
   * @param onDamage told when it is damaged; it is not opened again then.
   */
  prove(proof: Proof, afterMs: number, onDamage: (damage: LedgerDamaged) => void): void {
    this.#proof = proof;
    proof.finish(afterMs).catch((error: unknown) => {
      if (error instanceof LedgerDamaged) onDamage(error);
      else if (!this.#isClosed) onDamage(new LedgerDamaged('The ledger cannot be proved', undefined, error));
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiters.close();
    await this.#proof?.stop();
    await this.#transients.settled();
    await this.#disk.close();
    this.#witness.close();
  }
}

function asMetadata(value: Uint8Array): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(value);
  return metadata.serializeBinary();
}

function purgesOf(envelopes: readonly OpenedEnvelope[], codes: readonly number[]): Purge[] {
  return envelopes.flatMap(({ transaction }, tx) =>
    (codes[tx] === Code.VALID ? (transaction?.action?.namespaces ?? []) : []).flatMap(
      ({ namespace, collections }) =>
        collections.flatMap(({ name, hashedSet }) =>
          hashedSet
            .getHashedWritesList()
            .filter((write) => write.getIsPurge())
            .map((write) => ({ namespace, collection: name, keyHash: write.getKeyHash_asU8(), tx })),
        ),
    ),
  );
}
