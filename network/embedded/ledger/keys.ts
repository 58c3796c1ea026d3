import { blockNumberBytes } from './bytes.js';

/**
 * Where everything lies on the disk. The first byte says what it is; names that cannot hold a NUL (namespace,
 * collection) end with one, so that no key of one collection begins another's range. What a collection holds lies there
 * once for all its members, whose peers share this disk; who is one is asked when it is read.
 */
const NUL = '\0';

const TIP = Buffer.from('m/tip');

export const keys = {
  tip: (): Buffer => TIP,
  block: (number: number): Buffer => Buffer.concat([Buffer.from('b'), blockNumberBytes(number)]),
  blockByHash: (hash: Uint8Array): Buffer => Buffer.concat([Buffer.from('h'), hash]),
  transaction: (txId: string): Buffer => Buffer.from(`t${txId}`),
  state: (namespace: string, key: string): Buffer => Buffer.from(`s${namespace}${NUL}${key}`),
  hashed: (namespace: string, collection: string, keyHash: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(`y${namespace}${NUL}${collection}${NUL}`), keyHash]),
  private: (namespace: string, collection: string, key: string): Buffer =>
    Buffer.from(`q${namespace}${NUL}${collection}${NUL}${key}`),
  /** All past values of a key; the key's length keeps `a` apart from `a\0…`. */
  historyOf: (namespace: string, key: string): Buffer => {
    const bytes = Buffer.from(key);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([Buffer.from(`v${namespace}${NUL}`), length, bytes]);
  },
  history: (namespace: string, key: string, block: number, tx: number): Buffer =>
    Buffer.concat([keys.historyOf(namespace, key), versionBytes(block, tx)]),
  /** Private write sets as they were endorsed, all of one block together. */
  writeSets: (): Buffer => Buffer.from('u'),
  writeSetsOfBlock: (block: number): Buffer => Buffer.concat([keys.writeSets(), blockNumberBytes(block)]),
  writeSet: (block: number, tx: number, namespace: string, collection: string): Buffer =>
    Buffer.concat([
      keys.writeSets(),
      versionBytes(block, tx),
      Buffer.from(`${namespace}${NUL}${collection}`),
    ]),
  /** What is to be dropped when this block is committed. */
  expiriesAt: (block: number): Buffer => Buffer.concat([Buffer.from('x'), blockNumberBytes(block)]),
  expiry: (at: number, block: number, tx: number, hashedKey: Uint8Array): Buffer =>
    Buffer.concat([keys.expiriesAt(at), versionBytes(block, tx), hashedKey]),
  transients: (): Buffer => Buffer.from('n'),
  transient: (txId: string, hash: Uint8Array): Buffer => Buffer.concat([Buffer.from(`n${txId}${NUL}`), hash]),
} as const;

function versionBytes(block: number, tx: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeUIntBE(block, 0, 6);
  bytes.writeUInt32BE(tx, 6);
  return bytes;
}

/** Reads back what ends a history key. */
export function versionOf(key: Buffer): { block: number; tx: number } {
  return { block: key.readUIntBE(key.length - 10, 6), tx: key.readUInt32BE(key.length - 4) };
}

/** Reads back where a private write set belongs. */
export function placeOfWriteSet(key: Buffer): {
  block: number;
  tx: number;
  namespace: string;
  collection: string;
} {
  const at = keys.writeSets().length;
  const [namespace = '', collection = ''] = key.toString('utf8', at + 10).split(NUL);
  return { block: key.readUIntBE(at, 6), tx: key.readUInt32BE(at + 6), namespace, collection };
}
