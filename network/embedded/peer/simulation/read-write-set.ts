import { hash } from 'node:crypto';
import { ledger } from '@hyperledger/fabric-protos';
import { readOf, versionMessage } from '../../ledger/range-reads.js';
import type { Version } from '../../ledger/version.js';
import { byUtf8 } from './byte-order.js';

const { rwset } = ledger;
const { kvrwset } = rwset;
type KVWrite = InstanceType<typeof kvrwset.KVWrite>;
type KVWriteHash = InstanceType<typeof kvrwset.KVWriteHash>;
type RangeQueryInfo = InstanceType<typeof kvrwset.RangeQueryInfo>;

interface Collection {
  readonly reads: Map<string, Version | undefined>;
  readonly writes: Map<string, { readonly value: Uint8Array; readonly purge: boolean }>;
  readonly metadata: Map<string, readonly [name: string, value: Uint8Array]>;
}

interface Namespace {
  readonly reads: Map<string, Version | undefined>;
  readonly writes: Map<string, Uint8Array>;
  readonly metadata: Map<string, readonly [name: string, value: Uint8Array]>;
  readonly ranges: Map<string, RangeQueryInfo>;
  readonly collections: Map<string, Collection>;
}

/** What a simulation read and wrote, serialized as Fabric serializes it. */
export interface ReadWriteSets {
  /** `rwset.TxReadWriteSet`: public reads and writes, and hashes of the private ones. Goes into the block. */
  readonly publicSet: Uint8Array;
  /** `rwset.TxPvtReadWriteSet`: the private writes themselves. Goes to members only; undefined without any. */
  readonly privateSet: Uint8Array | undefined;
}

/** The hash by which the public part of a read-write set names a private key, a private value, or a whole private set. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/**
 * Collects reads and writes in any order and serializes them sorted, so that endorsers which ran the same chaincode
 * on the same state produce the same bytes.
 */
export class ReadWriteSetBuilder {
  readonly #namespaces = new Map<string, Namespace>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.#namespace(namespace).reads.set(key, version);
  }

  /** An empty value deletes the key: Fabric cannot tell the two apart on the wire. */
  write(namespace: string, key: string, value: Uint8Array): void {
    this.#namespace(namespace).writes.set(key, value);
  }

  writeMetadata(namespace: string, key: string, name: string, value: Uint8Array): void {
    this.#namespace(namespace).metadata.set(key, [name, value]);
  }

  /** The same range asked twice with the same outcome is written down once. */
  range(namespace: string, info: RangeQueryInfo): void {
    const id = JSON.stringify([info.getStartKey(), info.getEndKey(), info.getItrExhausted()]);
    const { ranges } = this.#namespace(namespace);
    if (!ranges.has(id)) ranges.set(id, info);
  }

  readHashed(namespace: string, collection: string, key: string, version: Version | undefined): void {
    this.#collection(namespace, collection).reads.set(key, version);
  }

  writePrivate(namespace: string, collection: string, key: string, value: Uint8Array, purge = false): void {
    this.#collection(namespace, collection).writes.set(key, { value, purge });
  }

  writePrivateMetadata(
    namespace: string,
    collection: string,
    key: string,
    name: string,
    value: Uint8Array,
  ): void {
    this.#collection(namespace, collection).metadata.set(key, [name, value]);
  }

  build(): ReadWriteSets {
    const publicSet = new rwset.TxReadWriteSet();
    const privateSet = new rwset.TxPvtReadWriteSet();
    for (const [name, namespace] of sorted(this.#namespaces)) {
      const hashes = new Map<string, Buffer>();
      const privateNamespace = buildPrivate(name, namespace, hashes);
      if (privateNamespace) privateSet.addNsPvtRwset(privateNamespace);
      publicSet.addNsRwset(buildPublic(name, namespace, hashes));
    }
    return {
      publicSet: publicSet.serializeBinary(),
      privateSet: privateSet.getNsPvtRwsetList().length > 0 ? privateSet.serializeBinary() : undefined,
    };
  }

  #namespace(name: string): Namespace {
    let namespace = this.#namespaces.get(name);
    if (!namespace) {
      namespace = {
        reads: new Map(),
        writes: new Map(),
        metadata: new Map(),
        ranges: new Map(),
        collections: new Map(),
      };
      this.#namespaces.set(name, namespace);
    }
    return namespace;
  }

  #collection(namespace: string, name: string): Collection {
    const { collections } = this.#namespace(namespace);
    let collection = collections.get(name);
    if (!collection) {
      collection = { reads: new Map(), writes: new Map(), metadata: new Map() };
      collections.set(name, collection);
    }
    return collection;
  }
}

function buildPublic(
  name: string,
  namespace: Namespace,
  privateHashes: ReadonlyMap<string, Buffer>,
): InstanceType<typeof rwset.NsReadWriteSet> {
  const set = new kvrwset.KVRWSet();
  set.setReadsList(sorted(namespace.reads).map(([key, version]) => readOf(key, version)));
  set.setRangeQueriesInfoList([...namespace.ranges.values()]);
  set.setWritesList(sorted(namespace.writes).map(([key, value]) => writeOf(key, value)));
  set.setMetadataWritesList(
    sorted(namespace.metadata).map(([key, [entry, value]]) => {
      const write = new kvrwset.KVMetadataWrite();
      write.setKey(key);
      write.addEntries(metadataEntry(entry, value));
      return write;
    }),
  );
  const result = new rwset.NsReadWriteSet();
  result.setNamespace(name);
  result.setRwset(set.serializeBinary());
  for (const [collectionName, collection] of sorted(namespace.collections)) {
    const hashed = new rwset.CollectionHashedReadWriteSet();
    hashed.setCollectionName(collectionName);
    hashed.setHashedRwset(buildHashed(collection).serializeBinary());
    const privateHash = privateHashes.get(collectionName);
    if (privateHash) hashed.setPvtRwsetHash(privateHash);
    result.addCollectionHashedRwset(hashed);
  }
  return result;
}

function buildHashed(collection: Collection): InstanceType<typeof kvrwset.HashedRWSet> {
  const set = new kvrwset.HashedRWSet();
  set.setHashedReadsList(
    sorted(collection.reads).map(([key, version]) => {
      const read = new kvrwset.KVReadHash();
      read.setKeyHash(sha256(key));
      read.setVersion(versionMessage(version));
      return read;
    }),
  );
  set.setHashedWritesList(
    sorted(collection.writes).map(([key, { value, purge }]) => hashedWriteOf(key, value, purge)),
  );
  set.setMetadataWritesList(
    sorted(collection.metadata).map(([key, [entry, value]]) => {
      const write = new kvrwset.KVMetadataWriteHash();
      write.setKeyHash(sha256(key));
      write.addEntries(metadataEntry(entry, value));
      return write;
    }),
  );
  return set;
}

function buildPrivate(
  name: string,
  namespace: Namespace,
  hashes: Map<string, Buffer>,
): InstanceType<typeof rwset.NsPvtReadWriteSet> | undefined {
  const result = new rwset.NsPvtReadWriteSet();
  result.setNamespace(name);
  for (const [collectionName, collection] of sorted(namespace.collections)) {
    if (collection.writes.size === 0 && collection.metadata.size === 0) continue;
    const set = new kvrwset.KVRWSet();
    set.setWritesList(sorted(collection.writes).map(([key, { value }]) => writeOf(key, value)));
    // Members need the key only: metadata is kept by hash. Without it a change of metadata would not reach the version.
    set.setMetadataWritesList(
      sorted(collection.metadata).map(([key]) => {
        const write = new kvrwset.KVMetadataWrite();
        write.setKey(key);
        return write;
      }),
    );
    const bytes = set.serializeBinary();
    hashes.set(collectionName, sha256(bytes));
    const privateCollection = new rwset.CollectionPvtReadWriteSet();
    privateCollection.setCollectionName(collectionName);
    privateCollection.setRwset(bytes);
    result.addCollectionPvtRwset(privateCollection);
  }
  return result.getCollectionPvtRwsetList().length > 0 ? result : undefined;
}

function writeOf(key: string, value: Uint8Array): KVWrite {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  write.setIsDelete(value.length === 0);
  write.setValue(value);
  return write;
}

function hashedWriteOf(key: string, value: Uint8Array, purge: boolean): KVWriteHash {
  const write = new kvrwset.KVWriteHash();
  write.setKeyHash(sha256(key));
  write.setIsDelete(value.length === 0);
  if (value.length > 0) write.setValueHash(sha256(value));
  write.setIsPurge(purge);
  return write;
}

function metadataEntry(name: string, value: Uint8Array): InstanceType<typeof kvrwset.KVMetadataEntry> {
  const entry = new kvrwset.KVMetadataEntry();
  entry.setName(name);
  entry.setValue(value);
  return entry;
}

function sorted<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => byUtf8(a, b));
}
