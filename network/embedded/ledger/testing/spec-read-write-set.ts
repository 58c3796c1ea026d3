import { common, ledger } from '@hyperledger/fabric-protos';
import { sha256 } from '../bytes.js';
import type { Version } from '../version.js';

const { rwset } = ledger;
const { kvrwset } = rwset;

/** Values by key; null deletes. */
type SpecWrites = Readonly<Record<string, string | null>>;

interface SpecSet {
  /** Versions by key; null means that the key did not exist. */
  readonly reads?: Readonly<Record<string, Version | null>>;
  readonly writes?: SpecWrites;
  /** Endorsement policy by key. */
  readonly policies?: Readonly<Record<string, common.SignaturePolicyEnvelope>>;
}

interface SpecRange {
  readonly start: string;
  readonly end: string;
  readonly exhausted: boolean;
  readonly seen: Readonly<Record<string, Version>>;
}

export interface SpecCollection extends SpecSet {
  readonly purges?: readonly string[];
}

export interface SpecNamespace extends SpecSet {
  readonly ranges?: readonly SpecRange[];
  readonly collections?: Readonly<Record<string, SpecCollection>>;
}

/** Builds the public and the private half of what a simulation would have recorded. */
export function specReadWriteSet(namespaces: Readonly<Record<string, SpecNamespace>>): {
  readonly publicBytes: Uint8Array;
  readonly privateBytes: Uint8Array;
} {
  const publicSet = new rwset.TxReadWriteSet();
  const privateSet = new rwset.TxPvtReadWriteSet();
  for (const [namespace, content] of Object.entries(namespaces)) {
    const one = publicSet.addNsRwset(new rwset.NsReadWriteSet());
    one.setNamespace(namespace);
    one.setRwset(publicPart(content).serializeBinary());
    const mine = new rwset.NsPvtReadWriteSet();
    mine.setNamespace(namespace);
    for (const [name, collection] of Object.entries(content.collections ?? {})) {
      const hashed = one.addCollectionHashedRwset(new rwset.CollectionHashedReadWriteSet());
      hashed.setCollectionName(name);
      hashed.setHashedRwset(hashedPart(collection).serializeBinary());
      const bytes = privatePart(collection).serializeBinary();
      if (bytes.length === 0) continue;
      hashed.setPvtRwsetHash(sha256(bytes));
      const part = mine.addCollectionPvtRwset(new rwset.CollectionPvtReadWriteSet());
      part.setCollectionName(name);
      part.setRwset(bytes);
    }
    if (mine.getCollectionPvtRwsetList().length > 0) privateSet.addNsPvtRwset(mine);
  }
  return { publicBytes: publicSet.serializeBinary(), privateBytes: privateSet.serializeBinary() };
}

function publicPart({ reads = {}, writes = {}, policies = {}, ranges = [] }: SpecNamespace) {
  const set = new kvrwset.KVRWSet();
  for (const [key, version] of Object.entries(reads)) set.addReads(readOf(key, version));
  for (const [key, value] of Object.entries(writes)) set.addWrites(writeOf(key, value));
  for (const [key, policy] of Object.entries(policies)) {
    const write = set.addMetadataWrites(new kvrwset.KVMetadataWrite());
    write.setKey(key);
    write.setEntriesList([entryOf(policy)]);
  }
  for (const { start, end, exhausted, seen } of ranges) {
    const query = set.addRangeQueriesInfo(new kvrwset.RangeQueryInfo());
    query.setStartKey(start);
    query.setEndKey(end);
    query.setItrExhausted(exhausted);
    const raw = new kvrwset.QueryReads();
    raw.setKvReadsList(Object.entries(seen).map(([key, version]) => readOf(key, version)));
    query.setRawReads(raw);
  }
  return set;
}

function hashedPart({ reads = {}, writes = {}, policies = {}, purges = [] }: SpecCollection) {
  const set = new kvrwset.HashedRWSet();
  for (const [key, version] of Object.entries(reads)) {
    const read = set.addHashedReads(new kvrwset.KVReadHash());
    read.setKeyHash(sha256(key));
    if (version !== null) read.setVersion(versionOf(version));
  }
  for (const [key, value] of Object.entries(writes)) {
    const write = set.addHashedWrites(new kvrwset.KVWriteHash());
    write.setKeyHash(sha256(key));
    if (value === null) write.setIsDelete(true);
    else write.setValueHash(sha256(value));
  }
  for (const key of purges) {
    const write = set.addHashedWrites(new kvrwset.KVWriteHash());
    write.setKeyHash(sha256(key));
    write.setIsPurge(true);
  }
  for (const [key, policy] of Object.entries(policies)) {
    const write = set.addMetadataWrites(new kvrwset.KVMetadataWriteHash());
    write.setKeyHash(sha256(key));
    write.setEntriesList([entryOf(policy)]);
  }
  return set;
}

function privatePart({ writes = {}, purges = [] }: SpecCollection) {
  const set = new kvrwset.KVRWSet();
  for (const [key, value] of Object.entries(writes)) set.addWrites(writeOf(key, value));
  for (const key of purges) set.addWrites(writeOf(key, null));
  return set;
}

function readOf(key: string, version: Version | null) {
  const read = new kvrwset.KVRead();
  read.setKey(key);
  if (version !== null) read.setVersion(versionOf(version));
  return read;
}

function writeOf(key: string, value: string | null) {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  if (value === null) write.setIsDelete(true);
  else write.setValue(Buffer.from(value));
  return write;
}

function entryOf(policy: common.SignaturePolicyEnvelope) {
  const entry = new kvrwset.KVMetadataEntry();
  entry.setName('VALIDATION_PARAMETER');
  entry.setValue(policy.serializeBinary());
  return entry;
}

function versionOf({ block, tx }: Version) {
  const version = new kvrwset.Version();
  version.setBlockNum(block);
  version.setTxNum(tx);
  return version;
}
