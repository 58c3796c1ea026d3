import { ledger } from '@hyperledger/fabric-protos';
import { afterPrefix, sha256 } from './bytes.js';
import type { Update } from './block-updates.js';
import type { Change, Disk } from './disk.js';
import { keys, placeOfWriteSet } from './keys.js';
import type { PrivateWrites } from './private-writes.js';
import { encodePrivate } from './records.js';

const { KVRWSet } = ledger.rwset.kvrwset;

/** A private key that a valid transaction purges, by its hash. */
export interface Purge {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  /** Place of the purging transaction in its block; what later ones write again stays. */
  readonly tx: number;
}

/** Values and write sets, in the order in which the transactions wrote them. */
export function storePrivate(block: number, sets: readonly PrivateWrites[]): Change[] {
  return sets.flatMap(({ tx, namespace, collection, bytes, writes }) => [
    ...writes.map(({ key, value }) => {
      const place = keys.private(namespace, collection, key);
      return value === undefined
        ? { key: place }
        : { key: place, value: encodePrivate(value, { block, tx }) };
    }),
    { key: keys.writeSet(block, tx, namespace, collection), value: bytes, isNew: true },
  ]);
}

/**
 * Removes purged keys for good: from the current values, and out of every write set that was kept, those of this block
 * included. Looks through all that is kept, so a purge costs time in proportion.
 *
 * @param updates - the block's outcome: a key that was written again after its purge stays.
 */
export async function purgePrivate(
  purges: readonly Purge[],
  pending: readonly Change[],
  disk: Disk,
  updates: readonly Update[],
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { namespace, collection, keyHash, tx } of purges) {
    const isPurged = (key: string): boolean => sha256(key).equals(keyHash);
    const isBack = updates.some(
      (update) =>
        update.namespace === namespace &&
        update.collection === collection &&
        update.value !== undefined &&
        update.key.equals(keyHash),
    );
    if (!isBack) {
      const values = keys.private(namespace, collection, '');
      for await (const [key] of disk.scan({ start: values, end: afterPrefix(values) })) {
        if (isPurged(key.toString('utf8', values.length))) changes.push({ key });
      }
    }
    const sets = keys.writeSets();
    const cleanse = (key: Buffer, value: Uint8Array): void => {
      const place = placeOfWriteSet(key);
      if (place.namespace !== namespace || place.collection !== collection) return;
      const cleansed = without(value, isPurged);
      if (cleansed !== undefined) changes.push({ key, value: cleansed });
    };
    for await (const [key, value] of disk.scan({ start: sets, end: afterPrefix(sets) })) cleanse(key, value);
    for (const { key, value } of pending) {
      const bytes = Buffer.from(key);
      if (value === undefined || !bytes.subarray(0, sets.length).equals(sets)) continue;
      if (placeOfWriteSet(bytes).tx <= tx) cleanse(bytes, value);
    }
  }
  return changes;
}

/** The write set without the values of these keys; undefined when it has none of them. */
function without(bytes: Uint8Array, isPurged: (key: string) => boolean): Uint8Array | undefined {
  const set = KVRWSet.deserializeBinary(bytes);
  const kept = set
    .getWritesList()
    .filter((write) => write.getValue_asU8().length === 0 || !isPurged(write.getKey()));
  if (kept.length === set.getWritesList().length) return undefined;
  set.setWritesList(kept);
  return set.serializeBinary();
}
