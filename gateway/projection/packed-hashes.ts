import type { PrivateHash } from './read-block.js';

/*
 * The hashes of a transaction in one piece. As rows they would be most of all rows, and scattered over the file: the keys
 * are hashes. Hardly any is ever asked for. For each collection: the length of its name (1 byte), the name, how many follow
 * (4), and of each half of the key's hash (16), which tells the keys of one transaction apart, and the value's (32).
 */
const keyBytes = 16;
const entryBytes = keyBytes + 32;
const countBytes = 4;

/** @throws RangeError when the name of a collection is longer than 255 bytes; Fabric's are not. */
export function packHashes(hashes: readonly PrivateHash[]): Buffer {
  const byCollection = new Map<string, PrivateHash[]>();
  for (const hash of hashes) {
    const present = byCollection.get(hash.collection);
    if (present === undefined) byCollection.set(hash.collection, [hash]);
    else present.push(hash);
  }
  const parts = [...byCollection].map(([collection, own]) => {
    const name = Buffer.from(collection);
    const head = 1 + name.length + countBytes;
    const part = Buffer.alloc(head + own.length * entryBytes);
    part.writeUInt8(name.length);
    name.copy(part, 1);
    part.writeUInt32BE(own.length, 1 + name.length);
    for (const [index, { keyHash, valueHash }] of own.entries()) {
      const at = head + index * entryBytes;
      part.write(keyHash.slice(0, 2 * keyBytes), at, 'hex');
      part.write(valueHash, at + keyBytes, 'hex');
    }
    return part;
  });
  return Buffer.concat(parts);
}

/**
 * The hash of the value that the transaction wrote under a key.
 *
 * @param keyHash hexadecimal SHA-256 of the key.
 * @returns hexadecimal; undefined when it wrote nothing there.
 */
export function valueHashIn(packed: Uint8Array, collection: string, keyHash: string): string | undefined {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const wanted = Buffer.from(keyHash.slice(0, 2 * keyBytes), 'hex');
  for (let at = 0; at < bytes.length;) {
    const name = at + 1;
    const count = name + bytes.readUInt8(at);
    const first = count + countBytes;
    const end = first + bytes.readUInt32BE(count) * entryBytes;
    if (bytes.toString('utf8', name, count) === collection) {
      for (let entry = first; entry < end; entry += entryBytes) {
        const value = entry + keyBytes;
        if (bytes.subarray(entry, value).equals(wanted))
          return bytes.toString('hex', value, entry + entryBytes);
      }
    }
    at = end;
  }
  return undefined;
}
