import type { Update } from './block-updates.js';
import { sha256 } from './bytes.js';
import type { Change } from './disk.js';
import { varint } from './encode-block.js';
import { keys } from './keys.js';
import type { ValidationCode } from './ledger.js';
import type { OpenedEnvelope } from './open-envelope.js';
import { encodeHistory, encodeState } from './records.js';

/** Public values and hashes as the block leaves them. */
export function storeState(updates: readonly Update[]): Change[] {
  return updates.map((update) => {
    const key = placeOf(update);
    const { value, version, metadata } = update;
    return value === undefined ? { key } : { key, value: encodeState(value, version, metadata) };
  });
}

function placeOf({ namespace, collection, key }: Update): Buffer {
  return collection === ''
    ? Buffer.concat([keys.state(namespace, ''), key])
    : keys.hashed(namespace, collection, key);
}

/** One entry of history for each public value that a valid transaction wrote or deleted. */
export function storeHistory(
  block: number,
  envelopes: readonly OpenedEnvelope[],
  isValid: (tx: number) => boolean,
): Change[] {
  return envelopes.flatMap(({ transaction }, tx) => {
    const action = transaction?.action;
    if (transaction === undefined || action === undefined || !isValid(tx)) return [];
    const { txId, timestamp } = transaction;
    return action.namespaces.flatMap(({ namespace, publicSet }) =>
      publicSet.getWritesList().map((write) => {
        const value = Buffer.from(write.getValue_asU8());
        const isDelete = write.getIsDelete() || value.length === 0;
        return {
          key: keys.history(namespace, write.getKey(), block, tx),
          value: encodeHistory({ txId, timestamp, isDelete, value }),
          isNew: true,
        };
      }),
    );
  });
}

/**
 * Hash over everything that a block changed, chained to that of the block before: two copies of the ledger that agree
 * on it hold the same public state and the same hashes.
 */
export function commitHashOf(
  codes: readonly ValidationCode[],
  updates: readonly Update[],
  previous: Uint8Array,
): Buffer {
  const changes = updates
    .map((update) => [placeOf(update), update.value ?? new Uint8Array()] as const)
    .sort(([a], [b]) => Buffer.compare(a, b))
    .flatMap(([key, value]) => [varint(key.length), key, varint(value.length), value]);
  return sha256(varint(codes.length), Buffer.from(codes), ...changes, previous);
}
