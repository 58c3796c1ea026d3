import type {
  HistoryEntry,
  LedgerSnapshot,
  Metadata,
  PrivateEntry,
  StateEntry,
} from '../../ledger/ledger.js';
import type { Collections } from '../collections.js';
import { SequenceCursor, type Cursor } from './cursor.js';
import { Touched } from './interest.js';
import { RangeCursor } from './range-cursor.js';
import { ReadWriteSetBuilder, sha256, type ReadWriteSets } from './read-write-set.js';

export interface SimulatorOptions {
  readonly collections: Collections;
  /** The peer's own MSP id: whose private data is read. */
  readonly organisation: string;
  readonly txId: string;
  /** Closed together with the simulator. */
  readonly snapshot: LedgerSnapshot;
}

export interface SimulationResults extends ReadWriteSets {
  readonly touched: Touched;
}

/**
 * Answers the state requests of one transaction from one committed snapshot and collects its read-write set. Nothing
 * is applied: what a chaincode writes it cannot read back. Refusals carry Fabric's messages (spelling included).
 */
export class Simulator {
  readonly #collections: Collections;
  readonly #organisation: string;
  readonly #txId: string;
  readonly #snapshot: LedgerSnapshot;
  readonly #sets = new ReadWriteSetBuilder();
  readonly #touched = new Touched();
  readonly #ranges: { readonly namespace: string; readonly cursor: RangeCursor }[] = [];
  readonly #open = new Set<Cursor<unknown>>();
  #wrote = false;
  #queriedPrivately = false;
  #paginated = false;
  #done = false;

  constructor({ collections, organisation, txId, snapshot }: SimulatorOptions) {
    this.#collections = collections;
    this.#organisation = organisation;
    this.#txId = txId;
    this.#snapshot = snapshot;
  }

  get(namespace: string, key: string): Buffer | undefined {
    return this.#read(namespace, key)?.value;
  }

  metadata(namespace: string, key: string): Metadata {
    return this.#read(namespace, key)?.metadata ?? new Map();
  }

  /** An empty value deletes the key. */
  set(namespace: string, key: string, value: Uint8Array): void {
    this.#beforeWrite();
    this.#sets.write(namespace, key, value);
    this.#touched.wrote(namespace, '', key, () => this.#snapshot.get(namespace, key)?.metadata);
  }

  setMetadata(namespace: string, key: string, name: string, value: Uint8Array): void {
    this.#beforeWrite();
    this.#sets.writeMetadata(namespace, key, name, value);
    this.#touched.wrote(namespace, '', key, () => this.#snapshot.get(namespace, key)?.metadata);
  }

  /** Public keys in a range; all of them, or with a page size no more than that many and without writes after. */
  range(namespace: string, start: string, end: string, page?: { readonly size: number }): Cursor<StateEntry> {
    this.#beforeRead();
    if (page) {
      if (this.#wrote) this.#refuse('Paginated queries are supported only in a read-only transaction');
      this.#paginated = true;
    }
    const cursor = new RangeCursor(this.#snapshot.range(namespace, start, end), start, end, page?.size ?? 0);
    this.#ranges.push({ namespace, cursor });
    this.#open.add(cursor);
    return cursor;
  }

  history(namespace: string, key: string): Cursor<HistoryEntry> {
    this.#beforeRead();
    return this.#track(new SequenceCursor(this.#snapshot.history(namespace, key)));
  }

  /** @throws PrivateDataUnavailable when this peer does not hold the value that the ledger speaks of. */
  getPrivate(namespace: string, collection: string, key: string): Buffer | undefined {
    return this.#readPrivate(namespace, collection, key, () =>
      this.#snapshot.getPrivate(this.#organisation, namespace, collection, key),
    );
  }

  /** What this peer holds, be it old or nothing; then the read conflicts with the ledger, and cannot commit. */
  getHeld(namespace: string, collection: string, key: string): Buffer | undefined {
    return this.#readPrivate(namespace, collection, key, () =>
      this.#snapshot.getHeld(this.#organisation, namespace, collection, key),
    );
  }

  privateHash(namespace: string, collection: string, key: string): Buffer | undefined {
    return this.#readHashed(namespace, collection, key)?.valueHash;
  }

  privateMetadata(namespace: string, collection: string, key: string): Metadata {
    return this.#readHashed(namespace, collection, key)?.metadata ?? new Map();
  }

  /** An empty value deletes the key. */
  setPrivate(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.#checkCollection(namespace, collection);
    this.#beforeWrite();
    this.#sets.writePrivate(namespace, collection, key, value);
    this.#touchPrivate(namespace, collection, key);
  }

  /** Deletes a private key together with everything that members' peers remember of it. */
  purge(namespace: string, collection: string, key: string): void {
    this.#checkCollection(namespace, collection);
    this.#beforeWrite();
    this.#sets.writePrivate(namespace, collection, key, Buffer.alloc(0), true);
    this.#touchPrivate(namespace, collection, key);
  }

  setPrivateMetadata(
    namespace: string,
    collection: string,
    key: string,
    name: string,
    value: Uint8Array,
  ): void {
    this.#checkCollection(namespace, collection);
    this.#beforeWrite();
    this.#sets.writePrivateMetadata(namespace, collection, key, name, value);
    this.#touchPrivate(namespace, collection, key);
  }

  /** Private keys in a range. No validator can repeat such a query, so a transaction that writes may not ask it. */
  rangePrivate(namespace: string, collection: string, start: string, end: string): Cursor<PrivateEntry> {
    if (this.#wrote) this.#refuse('Queries on pvt data is supported only in a read-only transaction');
    this.#queriedPrivately = true;
    this.#checkCollection(namespace, collection);
    this.#beforeRead();
    return this.#track(
      new SequenceCursor(
        this.#snapshot.rangePrivate(this.#organisation, namespace, collection, start, end),
        ({ key }) => key,
      ),
    );
  }

  /** What was read and written so far. */
  results(): SimulationResults {
    for (const { namespace, cursor } of this.#ranges) this.#sets.range(namespace, cursor.rangeQuery());
    return { ...this.#sets.build(), touched: this.#touched };
  }

  /** Lets go of the snapshot and of queries left open. Every call after it is refused. */
  async close(): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    await Promise.all([...this.#open].map((cursor) => cursor.close()));
    this.#snapshot.close();
  }

  #read(namespace: string, key: string): StateEntry | undefined {
    this.#beforeRead();
    const entry = this.#snapshot.get(namespace, key);
    this.#sets.read(namespace, key, entry?.version);
    this.#touched.read(namespace);
    return entry;
  }

  #readPrivate(
    namespace: string,
    collection: string,
    key: string,
    find: () => PrivateEntry | undefined,
  ): Buffer | undefined {
    this.#checkCollection(namespace, collection);
    this.#beforeRead();
    const entry = find();
    this.#sets.readHashed(namespace, collection, key, entry?.version);
    this.#touched.readPrivate(namespace, collection);
    return entry?.value;
  }

  #readHashed(namespace: string, collection: string, key: string): ReturnType<LedgerSnapshot['getHashed']> {
    this.#checkCollection(namespace, collection);
    this.#beforeRead();
    const entry = this.#snapshot.getHashed(namespace, collection, sha256(key));
    this.#sets.readHashed(namespace, collection, key, entry?.version);
    this.#touched.read(namespace);
    return entry;
  }

  #touchPrivate(namespace: string, collection: string, key: string): void {
    this.#touched.wrote(
      namespace,
      collection,
      key,
      () => this.#snapshot.getHashed(namespace, collection, sha256(key))?.metadata,
    );
  }

  #track<T>(cursor: Cursor<T>): Cursor<T> {
    this.#open.add(cursor);
    return cursor;
  }

  #beforeRead(): void {
    if (this.#done) throw new Error('this instance should not be used after calling Done()');
  }

  #beforeWrite(): void {
    this.#beforeRead();
    if (this.#queriedPrivately) {
      this.#refuse('Transaction has already performed queries on pvt data. Writes are not allowed');
    }
    if (this.#paginated) {
      this.#refuse('Transaction has already performed a paginated query. Writes are not allowed');
    }
    this.#wrote = true;
  }

  #checkCollection(namespace: string, collection: string): void {
    if (!this.#collections.find(namespace, collection)) {
      throw new Error(
        `collection [${collection}] not defined in the collection config for chaincode [${namespace}]`,
      );
    }
  }

  #refuse(reason: string): never {
    throw new Error(`txid [${this.#txId}]: unsuppored transaction. ${reason}`);
  }
}
