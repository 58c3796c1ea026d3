import type { HashedEntry, HistoryEntry, Metadata, PrivateEntry, StateEntry } from './ledger.js';
import type { Version } from './version.js';

/*
 * How values lie on the disk. State and hashes: block (6 bytes), transaction (4), length of metadata (4), metadata,
 * value. Private values: block, transaction, value.
 */
const HEAD = 14;
const PRIVATE_HEAD = 10;
const NO_METADATA: Metadata = new Map();

/** A value of the public state, or the hash of a private one, with its version and the policies of its key. */
export function encodeState(value: Uint8Array, version: Version, metadata: Metadata): Buffer {
  const meta = encodeMetadata(metadata);
  const head = Buffer.allocUnsafe(HEAD);
  writeVersion(head, version);
  head.writeUInt32BE(meta.length, 10);
  return Buffer.concat([head, meta, value]);
}

/** What `encodeState` has written, for a public value. */
export function decodeState(key: string, record: Buffer): StateEntry {
  const { value, version, metadata } = decode(record);
  return { key, value, version, metadata };
}

/** What `encodeState` has written, for the hash of a private value. */
export function decodeHashed(record: Buffer): HashedEntry {
  const { value, version, metadata } = decode(record);
  return { valueHash: value, version, metadata };
}

/** Only the version, which is what most validations ask for. */
export function versionOfRecord(record: Buffer): Version {
  return { block: record.readUIntBE(0, 6), tx: record.readUInt32BE(6) };
}

/** A private value with its version; the policies of its key lie with its hash. */
export function encodePrivate(value: Uint8Array, version: Version): Buffer {
  const head = Buffer.allocUnsafe(PRIVATE_HEAD);
  writeVersion(head, version);
  return Buffer.concat([head, value]);
}

/** What `encodePrivate` has written. */
export function decodePrivate(key: string, record: Buffer): PrivateEntry {
  return { key, value: record.subarray(PRIVATE_HEAD), version: versionOfRecord(record) };
}

/** A past value: seconds (8), nanos (4), deletion flag (1), length of the id (2), id, value. */
export function encodeHistory(entry: Omit<HistoryEntry, 'version'>): Buffer {
  const txId = Buffer.from(entry.txId);
  const head = Buffer.allocUnsafe(15);
  head.writeBigInt64BE(BigInt(entry.timestamp.seconds), 0);
  head.writeUInt32BE(Math.max(0, entry.timestamp.nanos) >>> 0, 8);
  head[12] = entry.isDelete ? 1 : 0;
  head.writeUInt16BE(txId.length, 13);
  return Buffer.concat([head, txId, entry.value]);
}

/** What `encodeHistory` has written; its version is in the key. */
export function decodeHistory(record: Buffer, version: Version): HistoryEntry {
  const end = 15 + record.readUInt16BE(13);
  return {
    txId: record.toString('utf8', 15, end),
    timestamp: { seconds: Number(record.readBigInt64BE(0)), nanos: record.readUInt32BE(8) },
    isDelete: record[12] === 1,
    value: record.subarray(end),
    version,
  };
}

function writeVersion(bytes: Buffer, { block, tx }: Version): void {
  bytes.writeUIntBE(block, 0, 6);
  bytes.writeUInt32BE(tx, 6);
}

function decode(record: Buffer): { value: Buffer; version: Version; metadata: Metadata } {
  const end = HEAD + record.readUInt32BE(10);
  return {
    value: record.subarray(end),
    version: versionOfRecord(record),
    metadata: end === HEAD ? NO_METADATA : decodeMetadata(record.subarray(HEAD, end)),
  };
}

/** Entries one after another: length of the name (2), name, length of the value (4), value. */
function encodeMetadata(metadata: Metadata): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, value] of metadata) {
    const label = Buffer.from(name);
    const lengths = Buffer.allocUnsafe(6);
    lengths.writeUInt16BE(label.length, 0);
    lengths.writeUInt32BE(value.length, 2);
    parts.push(lengths, label, value);
  }
  return Buffer.concat(parts);
}

function decodeMetadata(bytes: Buffer): Metadata {
  const metadata = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length;) {
    const label = at + 6;
    const value = label + bytes.readUInt16BE(at);
    const end = value + bytes.readUInt32BE(at + 2);
    metadata.set(bytes.toString('utf8', label, value), bytes.subarray(value, end));
    at = end;
  }
  return metadata;
}
