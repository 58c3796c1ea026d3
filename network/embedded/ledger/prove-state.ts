import { peer } from '@hyperledger/fabric-protos';
import type { ChannelPolicies } from './channel-policies.js';
import type { StoredBlock } from './committed-block.js';
import type { Frozen } from './disk.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { nameOfKey } from './name-of-key.js';
import { readIntact } from './prove-chain.js';
import { ReplayedState, type Replayed } from './replayed-state.js';
import { storeHistory } from './state-changes.js';
import type { Tip } from './tip.js';
import { readStatus } from './transaction-index.js';

const { VALID } = peer.TxValidationCode;
const EVERYTHING = { start: Buffer.from([0]), end: Buffer.from([0xff]) };

/**
 * Proves what was derived from the chain: replays the blocks, holds history and indexes against each, and at the end
 * public state and the hashes of private values, none missing and none too many. On the way every record is read, and
 * with that its own check, private values and write sets included.
 *
 * @yields after each block and each record, so that the caller may do something else.
 * @throws LedgerDamaged naming what is damaged and the block that wrote it.
 */
export async function* proveState(
  disk: Frozen,
  { height, commitHash }: Tip,
  policies: ChannelPolicies,
): AsyncGenerator<void> {
  const state = new ReplayedState(policies);
  for (let number = 0; number < height; number++) {
    const block = readIntact(disk, number);
    const replayed = state.apply(block);
    proveIndexes(disk, block);
    proveHistory(disk, number, replayed);
    yield;
  }
  if (!commitHash.equals(state.commitHash)) {
    throw new LedgerDamaged('The last block does not lead to the state that was committed', height - 1);
  }
  for (const [key, expected] of state.all()) {
    prove(disk, key, expected);
    yield;
  }
  for await (const [key, record] of disk.scan(EVERYTHING)) {
    const isState = key[0] === 's'.charCodeAt(0) || key[0] === 'y'.charCodeAt(0);
    if (isState && state.record(key) === undefined) {
      const { what, block } = nameOfKey(key, record);
      throw new LedgerDamaged(`No block has written ${what}`, block);
    }
    yield;
  }
}

function proveIndexes(disk: Frozen, { number, transactions }: StoredBlock): void {
  for (const { txId, code } of transactions) {
    if (txId === '') continue;
    const status = readStatus(disk, txId);
    // An id that was used again keeps its first place.
    const first = status?.block === number ? transactions[status.index] : undefined;
    const isRight =
      status !== undefined &&
      (status.block < number || (first?.txId === txId && first.code === status.code)) &&
      (status.block === number || code !== VALID);
    if (!isRight) {
      throw new LedgerDamaged(`The index does not lead to transaction ${txId} of block ${number}`, number);
    }
  }
}

function proveHistory(disk: Frozen, number: number, { envelopes, codes }: Replayed): void {
  for (const { key, value } of storeHistory(number, envelopes, (tx) => codes[tx] === VALID)) {
    prove(disk, Buffer.from(key), Buffer.from(value ?? []));
  }
}

function prove(disk: Frozen, key: Buffer, expected: Buffer): void {
  const record = disk.get(key);
  if (record?.equals(expected) === true) return;
  const { what, block } = nameOfKey(key, expected);
  const fault = record === undefined ? 'is missing' : 'is not what the block wrote';
  throw new LedgerDamaged(`${what} of block ${block ?? 'unknown'} ${fault}`, block);
}
