import { createHash } from 'node:crypto';
import { ledger } from '@hyperledger/fabric-protos';
import type { Version } from './version.js';

const { KVRead, QueryReads, QueryReadsMerkleSummary } = ledger.rwset.kvrwset;
type KVRead = InstanceType<typeof KVRead>;
type QueryReadsMerkleSummary = InstanceType<typeof QueryReadsMerkleSummary>;

/** Fabric's: up to this many results are written down one by one; more are summed up in a tree of hashes. */
const maxDegree = 50;

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/**
 * What a range query returned, in the form in which a read set states it, so that a validator which repeats the
 * query can tell whether a key appeared, changed or vanished since.
 */
export class RangeReads {
  #pending: KVRead[] = [];
  /** Hashes by level; level 0 here is the level that Fabric counts as 1. */
  readonly #levels: Buffer[][] = [[]];

  add(key: string, version: Version): void {
    this.#pending.push(readOf(key, version));
    if (this.#pending.length > maxDegree) this.#hashPending();
  }

  /** Either every result or, when there are many, a summary; neither after a query without results. */
  finish(): { readonly reads?: readonly KVRead[]; readonly summary?: QueryReadsMerkleSummary } {
    if (this.#levels.length === 1 && this.#level(0).length === 0) {
      return this.#pending.length > 0 ? { reads: this.#pending } : {};
    }
    if (this.#pending.length > 0) this.#hashPending();
    this.#closeLowerLevels();
    const summary = new QueryReadsMerkleSummary();
    summary.setMaxDegree(maxDegree);
    summary.setMaxLevel(this.#levels.length);
    summary.setMaxLevelHashesList(this.#level(this.#levels.length - 1));
    return { summary };
  }

  #hashPending(): void {
    const reads = new QueryReads();
    reads.setKvReadsList(this.#pending);
    this.#pending = [];
    this.#level(0).push(sha256(reads.serializeBinary()));
    for (let level = 0; this.#level(level).length > maxDegree; level++) this.#raise(level);
  }

  /** Replaces the hashes of a level by one hash of them all, a level higher. */
  #raise(level: number): void {
    const hash = sha256(Buffer.concat(this.#level(level)));
    this.#levels[level] = [];
    this.#level(level + 1).push(hash);
  }

  #closeLowerLevels(): void {
    const top = this.#levels.length - 1;
    for (let level = 0; level < top; level++) {
      const hashes = this.#level(level);
      if (hashes.length > 1) {
        this.#raise(level);
      } else if (hashes.length === 1) {
        this.#level(level + 1).push(...hashes);
        this.#levels[level] = [];
      }
    }
    if (this.#level(top).length > maxDegree) this.#raise(top);
  }

  #level(level: number): Buffer[] {
    return (this.#levels[level] ??= []);
  }
}

/** A key that was read, at the version it had; without one the key did not exist. */
export function readOf(key: string, version: Version | undefined): KVRead {
  const read = new KVRead();
  read.setKey(key);
  read.setVersion(versionMessage(version));
  return read;
}

/** A version as read sets state it; undefined for a key that did not exist. */
export function versionMessage(
  version: Version | undefined,
): InstanceType<typeof ledger.rwset.kvrwset.Version> | undefined {
  if (!version) return undefined;
  const message = new ledger.rwset.kvrwset.Version();
  message.setBlockNum(version.block);
  message.setTxNum(version.tx);
  return message;
}
