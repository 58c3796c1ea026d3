import type { Update } from './block-updates.js';
import { afterPrefix, sha256 } from './bytes.js';
import type { ChannelPolicies } from './channel-policies.js';
import type { Change, Disk } from './disk.js';
import { keys } from './keys.js';
import type { PrivateWrites } from './private-writes.js';
import { versionOfRecord } from './records.js';
import { sameVersion } from './version.js';

/** What is to be dropped, as it lies on the disk in JSON. */
interface Expiry {
  readonly namespace: string;
  readonly collection: string;
  /** Hexadecimal. */
  readonly keyHash: string;
  /** Missing when nobody had the private data. */
  readonly key?: string;
  readonly block: number;
  readonly tx: number;
}

/**
 * Notes when the private values that this block wrote run out: blockToLive blocks later, and one, as in Fabric, where
 * a value with a life of 1 is there for the next block and dropped with the one after.
 */
export function scheduleExpiry(
  updates: readonly Update[],
  sets: readonly PrivateWrites[],
  policies: ChannelPolicies,
): Change[] {
  const changes: Change[] = [];
  for (const { namespace, collection, key: keyHash, value, version } of updates) {
    const blockToLive =
      collection === '' ? 0 : (policies.collection(namespace, collection)?.blockToLive ?? 0);
    if (blockToLive === 0 || value === undefined) continue;
    const writes = sets.filter((set) => set.namespace === namespace && set.collection === collection);
    const write = writes.flatMap((set) => set.writes).find(({ key }) => sha256(key).equals(keyHash));
    const expiry: Expiry = {
      namespace,
      collection,
      keyHash: keyHash.toString('hex'),
      ...(write && { key: write.key }),
      ...version,
    };
    const at = version.block + blockToLive + 1;
    const name = keys.hashed(namespace, collection, keyHash);
    changes.push({
      key: keys.expiry(at, version.block, version.tx, name),
      value: Buffer.from(JSON.stringify(expiry)),
    });
  }
  return changes;
}

/** Drops what runs out with this block, unless it was written again since, or is now. */
export async function dropExpired(
  block: number,
  disk: Disk,
  isUpdated: (namespace: string, collection: string, keyHash: Uint8Array) => boolean,
): Promise<Change[]> {
  const changes: Change[] = [];
  const prefix = keys.expiriesAt(block);
  for await (const [place, value] of disk.scan({ start: prefix, end: afterPrefix(prefix) })) {
    const expiry = JSON.parse(value.toString()) as Expiry;
    const { namespace, collection, key } = expiry;
    const keyHash = Buffer.from(expiry.keyHash, 'hex');
    const hashedKey = keys.hashed(namespace, collection, keyHash);
    const record = disk.get(hashedKey);
    const isCurrent =
      record !== undefined &&
      sameVersion(versionOfRecord(record), expiry) &&
      !isUpdated(namespace, collection, keyHash);
    changes.push({ key: place });
    if (isCurrent) changes.push({ key: hashedKey });
    changes.push({ key: keys.writeSet(expiry.block, expiry.tx, namespace, collection) });
    if (isCurrent && key !== undefined) changes.push({ key: keys.private(namespace, collection, key) });
  }
  return changes;
}
