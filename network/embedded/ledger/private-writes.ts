import { ledger } from '@hyperledger/fabric-protos';
import { sha256 } from './bytes.js';
import type { ChannelPolicies } from './channel-policies.js';
import { hashedId } from './key-id.js';
import type { CollectionSet, NamespaceSet } from './transaction.js';
import type { TransientStore } from './transient-store.js';

type KVRWSet = ledger.rwset.kvrwset.KVRWSet;
const { KVRWSet } = ledger.rwset.kvrwset;

/** What one transaction wrote to one collection, proved against the ledger's hashes. */
export interface PrivateWrites {
  readonly tx: number;
  readonly namespace: string;
  readonly collection: string;
  /** Serialized `KVRWSet`, as endorsed. */
  readonly bytes: Uint8Array;
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array | undefined }[];
}

/**
 * Collects a valid transaction's private data from the transient store. A collection is left out when nobody has its
 * data any more, or when the data does not fit the hashes that were agreed on, key by key: the ledger goes on
 * without it, and whoever reads it is told that it is not available.
 */
export function privateWritesOf(
  tx: number,
  txId: string,
  namespaces: readonly NamespaceSet[],
  transients: TransientStore,
  policies: ChannelPolicies,
): PrivateWrites[] {
  const found: PrivateWrites[] = [];
  for (const { namespace, collections } of namespaces) {
    for (const set of collections) {
      if (set.privateSetHash.length === 0) continue;
      if (policies.collection(namespace, set.name) === undefined) continue;
      const bytes = transients.find(txId, namespace, set.name, set.privateSetHash);
      const writes = bytes && provenWrites(KVRWSet.deserializeBinary(bytes), set, namespace);
      if (bytes && writes) found.push({ tx, namespace, collection: set.name, bytes, writes });
    }
  }
  return found;
}

/** The writes, or undefined when one of them is not what the public part of the transaction says. */
function provenWrites(privateSet: KVRWSet, { name, hashedSet }: CollectionSet, namespace: string) {
  const agreed = new Map(
    hashedSet
      .getHashedWritesList()
      .map((write) => [hashedId(namespace, name, write.getKeyHash_asU8()), write]),
  );
  const writes = [];
  for (const write of privateSet.getWritesList()) {
    const key = write.getKey();
    const value =
      write.getIsDelete() || write.getValue_asU8().length === 0 ? undefined : write.getValue_asU8();
    const hash = agreed.get(hashedId(namespace, name, sha256(key)))?.getValueHash_asU8();
    if (hash === undefined) return undefined;
    if (value === undefined ? hash.length > 0 : !sha256(value).equals(hash)) return undefined;
    writes.push({ key, value });
  }
  return writes;
}
