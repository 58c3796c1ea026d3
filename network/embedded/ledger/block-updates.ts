import type { ledger } from '@hyperledger/fabric-protos';
import { hashedId, publicId } from './key-id.js';
import type { Metadata } from './ledger.js';
import type { NamespaceSet } from './transaction.js';
import type { Version } from './version.js';

/** The committed value of a key, public or hashed, as far as an update needs it. */
interface Committed {
  readonly value: Uint8Array;
  readonly version: Version;
  readonly metadata: Metadata;
}

/** A key as the valid transactions of a block leave it. Without a value it is deleted. */
export interface Update {
  readonly namespace: string;
  /** Empty for public state. */
  readonly collection: string;
  /** Public key in UTF-8, or hash of a private key. */
  readonly key: Buffer;
  readonly value: Uint8Array | undefined;
  readonly metadata: Metadata;
  readonly version: Version;
}

/** Reads the state before the block. */
export interface CommittedState {
  public(namespace: string, key: string): Committed | undefined;
  hashed(namespace: string, collection: string, keyHash: Uint8Array): Committed | undefined;
}

/**
 * The state, each key of which is looked up on the disk once: validation asks for what a transaction reads and writes when
 * it looks for its policy, when it compares the version, and when it keeps the metadata.
 */
export function rememberedState(state: CommittedState): CommittedState {
  const known = new Map<string, Committed | undefined>();
  const remembered = (id: string, look: () => Committed | undefined): Committed | undefined => {
    if (known.has(id)) return known.get(id);
    const found = look();
    known.set(id, found);
    return found;
  };
  return {
    public: (namespace, key) => remembered(publicId(namespace, key), () => state.public(namespace, key)),
    hashed: (namespace, collection, keyHash) =>
      remembered(hashedId(namespace, collection, keyHash), () =>
        state.hashed(namespace, collection, keyHash),
      ),
  };
}

type MetadataEntries = readonly ledger.rwset.kvrwset.KVMetadataEntry[];

/** What one transaction does to one key. */
interface Operation {
  readonly namespace: string;
  readonly collection: string;
  readonly key: Buffer;
  write?: { readonly value: Uint8Array | undefined };
  entries?: MetadataEntries;
  readonly committed: () => Committed | undefined;
}

const NO_METADATA: Metadata = new Map();

/** Gathers the writes of a block's valid transactions; later transactions are checked against it. */
export class BlockUpdates {
  readonly #state: CommittedState;
  readonly #updates = new Map<string, Update>();

  constructor(state: CommittedState) {
    this.#state = state;
  }

  all(): readonly Update[] {
    return [...this.#updates.values()];
  }

  public(namespace: string, key: string): Update | undefined {
    return this.#updates.get(publicId(namespace, key));
  }

  hashed(namespace: string, collection: string, keyHash: Uint8Array): Update | undefined {
    return this.#updates.get(hashedId(namespace, collection, keyHash));
  }

  /**
   * Adds the writes of one transaction. A new value keeps the key's metadata; metadata for a key that does not exist
   * come to nothing; an empty value deletes, as in Fabric.
   */
  add(namespaces: readonly NamespaceSet[], version: Version): void {
    for (const [id, operation] of this.#operations(namespaces)) {
      const { namespace, collection, key, write, entries } = operation;
      const before = this.#updates.get(id) ?? operation.committed();
      const value = write === undefined ? before?.value : write.value;
      if (write === undefined && value === undefined) continue;
      const kept = before?.value === undefined ? NO_METADATA : before.metadata;
      const metadata = value === undefined ? NO_METADATA : entries === undefined ? kept : toMetadata(entries);
      this.#updates.set(id, { namespace, collection, key, value, metadata, version });
    }
  }

  /** Values and metadata of one key belong together, whatever their order in the write set. */
  #operations(namespaces: readonly NamespaceSet[]): Map<string, Operation> {
    const operations = new Map<string, Operation>();
    const on = (id: string, make: () => Operation): Operation => {
      const operation = operations.get(id) ?? make();
      operations.set(id, operation);
      return operation;
    };
    for (const { namespace, publicSet, collections } of namespaces) {
      const onPublic = (key: string): Operation =>
        on(publicId(namespace, key), () => ({
          namespace,
          collection: '',
          key: Buffer.from(key),
          committed: () => this.#state.public(namespace, key),
        }));
      for (const write of publicSet.getWritesList()) {
        onPublic(write.getKey()).write = {
          value: write.getIsDelete() ? undefined : present(write.getValue_asU8()),
        };
      }
      for (const write of publicSet.getMetadataWritesList()) {
        onPublic(write.getKey()).entries = write.getEntriesList();
      }
      for (const { name, hashedSet } of collections) {
        const onHashed = (keyHash: Uint8Array): Operation =>
          on(hashedId(namespace, name, keyHash), () => ({
            namespace,
            collection: name,
            key: Buffer.from(keyHash),
            committed: () => this.#state.hashed(namespace, name, keyHash),
          }));
        for (const write of hashedSet.getHashedWritesList()) {
          const gone = write.getIsDelete() || write.getIsPurge();
          onHashed(write.getKeyHash_asU8()).write = {
            value: gone ? undefined : present(write.getValueHash_asU8()),
          };
        }
        for (const write of hashedSet.getMetadataWritesList()) {
          onHashed(write.getKeyHash_asU8()).entries = write.getEntriesList();
        }
      }
    }
    return operations;
  }
}

function present(value: Uint8Array): Uint8Array | undefined {
  return value.length === 0 ? undefined : value;
}

function toMetadata(entries: MetadataEntries): Metadata {
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}
