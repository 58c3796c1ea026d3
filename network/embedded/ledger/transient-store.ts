import { ledger } from '@hyperledger/fabric-protos';
import { afterPrefix, blockNumberBytes, sha256 } from './bytes.js';
import type { Change, Disk } from './disk.js';
import { keys } from './keys.js';

const { TxPvtReadWriteSet } = ledger.rwset;

/** A transaction that was endorsed but never ordered is forgotten after so many blocks, as Fabric's default is. */
const BLOCKS_KEPT = 1_000;
/** Above this many bytes the oldest are forgotten, so that endorsing without submitting cannot exhaust memory. */
const BYTES_KEPT = 256 * 1024 * 1024;

interface Entry {
  readonly key: Buffer;
  readonly height: number;
  readonly writes: Uint8Array;
}

/**
 * Private write sets between endorsement and commit. Memory answers; the disk has a copy, which has survived whatever may happen
 * before an endorsement is given out, as with Fabric's peers: all peers of this network die together, and a transaction that is
 * ordered after that would leave hashes of data that nobody has any more.
 */
export class TransientStore {
  readonly #disk: Disk;
  readonly #byTxId = new Map<string, Entry[]>();
  #bytes = 0;
  #unwritten: Change[] = [];
  #isWaiting = false;
  /** What the next write comes to; never a rejection of itself. */
  #writing: Promise<unknown> = Promise.resolve();
  #next: Promise<void> = Promise.resolve();

  private constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Opens the store with what the last process left behind. */
  static async open(disk: Disk): Promise<TransientStore> {
    const store = new TransientStore(disk);
    const prefix = keys.transients();
    for await (const [key, value] of disk.scan({ start: prefix, end: afterPrefix(prefix) })) {
      const txId = key.toString('utf8', prefix.length, key.indexOf(0));
      store.#remember(txId, { key, height: value.readUIntBE(0, 6), writes: value.subarray(6) });
    }
    return store;
  }

  /**
   * Resolves once it survives a power cut.
   *
   * @throws what the disk throws; then it is not kept.
   */
  keep(txId: string, writes: Uint8Array, height: number): Promise<void> {
    const key = keys.transient(txId, sha256(writes));
    // Another peer's endorsement of the same: it is written, or about to be.
    if (this.#byTxId.get(txId)?.some((entry) => entry.key.equals(key)) === true) return this.#next;
    this.#remember(txId, { key, height, writes });
    this.#unwritten.push({ key, value: Buffer.concat([blockNumberBytes(height), writes]), isNew: true });
    for (const [oldest] of this.#byTxId) {
      if (this.#bytes <= BYTES_KEPT || oldest === txId) break;
      this.#unwritten.push(...this.forget(oldest));
    }
    if (this.#isWaiting) return this.#next;
    this.#isWaiting = true;
    this.#next = this.#writing.then(() => this.#write());
    this.#writing = this.#next.catch(() => undefined);
    return this.#next;
  }

  /** Bytes of the collection's private write set with this hash, as some endorser left it. */
  find(txId: string, namespace: string, collection: string, hash: Uint8Array): Uint8Array | undefined {
    for (const { writes } of this.#byTxId.get(txId) ?? []) {
      for (const set of TxPvtReadWriteSet.deserializeBinary(writes).getNsPvtRwsetList()) {
        if (set.getNamespace() !== namespace) continue;
        for (const one of set.getCollectionPvtRwsetList()) {
          const bytes = one.getRwset_asU8();
          if (one.getCollectionName() === collection && sha256(bytes).equals(hash)) return bytes;
        }
      }
    }
    return undefined;
  }

  /** Drops a transaction; the changes are to be written with its block. */
  forget(txId: string): Change[] {
    const entries = this.#byTxId.get(txId) ?? [];
    this.#byTxId.delete(txId);
    for (const { writes } of entries) this.#bytes -= writes.length;
    return entries.map(({ key }) => ({ key }));
  }

  /** Drops what was endorsed long before this height and never ordered. */
  forgetStale(height: number): Change[] {
    const stale: string[] = [];
    for (const [txId, [first]] of this.#byTxId) {
      if (first === undefined || first.height > height - BLOCKS_KEPT) break;
      stale.push(txId);
    }
    return stale.flatMap((txId) => this.forget(txId));
  }

  /** Resolves when nothing is being written any more: a later deletion must not be overtaken by its own write. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #remember(txId: string, entry: Entry): void {
    const entries = this.#byTxId.get(txId) ?? [];
    entries.push(entry);
    this.#byTxId.set(txId, entries);
    this.#bytes += entry.writes.length;
  }

  async #write(): Promise<void> {
    this.#isWaiting = false;
    const changes = this.#unwritten;
    this.#unwritten = [];
    try {
      await this.#disk.write(changes, { sync: true });
    } catch (error) {
      this.#drop(changes);
      throw error;
    }
  }

  /** What could not be written is not kept in memory either, or the next endorser would believe that it was. */
  #drop(changes: readonly Change[]): void {
    const lost = (entry: Entry) =>
      changes.some(({ key, value }) => value !== undefined && entry.key.equals(key));
    for (const [txId, entries] of this.#byTxId) {
      const left = entries.filter((entry) => !lost(entry));
      if (left.length === entries.length) continue;
      for (const { writes } of entries.filter(lost)) this.#bytes -= writes.length;
      if (left.length === 0) this.#byTxId.delete(txId);
      else this.#byTxId.set(txId, left);
    }
  }
}
