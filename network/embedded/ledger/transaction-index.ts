import type { Change, Disk } from './disk.js';
import { keys } from './keys.js';
import type { CommittedTransaction, TransactionStatus, ValidationCode } from './ledger.js';

/** Where a transaction ended, by its id: block (6 bytes), index (4), code (1). */
export function readStatus(disk: Pick<Disk, 'get'>, txId: string): TransactionStatus | undefined {
  const record = disk.get(keys.transaction(txId));
  if (record === undefined) return undefined;
  return {
    block: record.readUIntBE(0, 6),
    index: record.readUInt32BE(6),
    code: record.readUInt8(10) as ValidationCode,
  };
}

/** Index entries of a block's transactions. An id that is known already keeps its first place. */
export function indexTransactions(
  disk: Disk,
  block: number,
  transactions: readonly CommittedTransaction[],
): Change[] {
  const first = new Map<string, Change>();
  for (const { txId, index, code } of transactions) {
    if (txId === '' || first.has(txId) || disk.get(keys.transaction(txId)) !== undefined) continue;
    const value = Buffer.alloc(11);
    value.writeUIntBE(block, 0, 6);
    value.writeUInt32BE(index, 6);
    value.writeUInt8(code, 10);
    first.set(txId, { key: keys.transaction(txId), value });
  }
  return [...first.values()];
}
