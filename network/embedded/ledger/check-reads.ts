import { peer, type ledger } from '@hyperledger/fabric-protos';
import type { BlockUpdates, CommittedState } from './block-updates.js';
import { keys } from './keys.js';
import { afterPrefix } from './bytes.js';
import type { Disk } from './disk.js';
import type { ValidationCode } from './ledger.js';
import { RangeReads } from './range-reads.js';
import { versionOfRecord } from './records.js';
import type { NamespaceSet } from './transaction.js';
import { sameVersion, type Version } from './version.js';

type RangeQuery = ledger.rwset.kvrwset.RangeQueryInfo;
type ReadVersion = ledger.rwset.kvrwset.Version;

const { TxValidationCode: Code } = peer;

/** Where reads are checked: the state before the block and what the block has changed so far. */
export interface ReadContext {
  readonly disk: Disk;
  readonly state: CommittedState;
  readonly updates: BlockUpdates;
}

/**
 * Checks that all a transaction has read is still so: each key at its version and untouched by the block so far, each
 * range with the same keys in it. Namespace by namespace: public keys, ranges, then hashes of private keys.
 *
 * @returns undefined when nothing is stale.
 */
export async function readFault(
  namespaces: readonly NamespaceSet[],
  context: ReadContext,
): Promise<ValidationCode | undefined> {
  for (const set of namespaces) {
    if (!publicReadsHold(set, context)) return Code.MVCC_READ_CONFLICT;
    for (const query of set.publicSet.getRangeQueriesInfoList()) {
      if (!(await rangeHolds(set.namespace, query, context))) return Code.PHANTOM_READ_CONFLICT;
    }
    if (!hashedReadsHold(set, context)) return Code.MVCC_READ_CONFLICT;
  }
  return undefined;
}

function publicReadsHold({ namespace, publicSet }: NamespaceSet, { state, updates }: ReadContext): boolean {
  return publicSet.getReadsList().every((read) => {
    const key = read.getKey();
    if (updates.public(namespace, key) !== undefined) return false;
    return sameVersion(state.public(namespace, key)?.version, toVersion(read.getVersion()));
  });
}

function hashedReadsHold({ namespace, collections }: NamespaceSet, { state, updates }: ReadContext): boolean {
  return collections.every(({ name, hashedSet }) =>
    hashedSet.getHashedReadsList().every((read) => {
      const keyHash = read.getKeyHash_asU8();
      if (updates.hashed(namespace, name, keyHash) !== undefined) return false;
      return sameVersion(state.hashed(namespace, name, keyHash)?.version, toVersion(read.getVersion()));
    }),
  );
}

/**
 * Runs the query again. An iterator that was not exhausted has looked as far as its last key, which is then in the
 * range. A long range was recorded as a summary, which must come out the same.
 */
async function rangeHolds(namespace: string, query: RangeQuery, context: ReadContext): Promise<boolean> {
  const summary = query.getReadsMerkleHashes();
  if (summary) return sumsUpTo(summary, currentRange(namespace, query, context));
  const expected = query.getRawReads()?.getKvReadsList() ?? [];
  let seen = 0;
  for await (const [key, version] of currentRange(namespace, query, context)) {
    const read = expected[seen++];
    if (read?.getKey() !== key || !sameVersion(version, toVersion(read.getVersion()))) return false;
  }
  return seen === expected.length;
}

async function sumsUpTo(
  expected: ledger.rwset.kvrwset.QueryReadsMerkleSummary,
  current: AsyncIterable<readonly [string, Version]>,
): Promise<boolean> {
  const reads = new RangeReads();
  for await (const [key, version] of current) reads.add(key, version);
  const { summary } = reads.finish();
  return summary !== undefined && Buffer.compare(summary.serializeBinary(), expected.serializeBinary()) === 0;
}

/** Keys of the range with their versions: those on the disk, with the block's changes laid over them. */
async function* currentRange(
  namespace: string,
  query: RangeQuery,
  { disk, updates }: ReadContext,
): AsyncGenerator<readonly [string, Version]> {
  const prefix = keys.state(namespace, '');
  const start = keys.state(namespace, query.getStartKey());
  const end = endOf(namespace, query);
  const fresh = updates
    .all()
    .filter(
      (update) => update.namespace === namespace && update.collection === '' && update.value !== undefined,
    )
    .map(({ key, version }) => [Buffer.concat([prefix, key]), version] as const)
    .filter(([key]) => Buffer.compare(key, start) >= 0 && Buffer.compare(key, end) < 0)
    .sort(([a], [b]) => Buffer.compare(a, b));
  const name = (key: Buffer): string => key.toString('utf8', prefix.length);
  let next = 0;
  for await (const [key, record] of disk.scan({ start, end })) {
    for (let one = fresh[next]; one && Buffer.compare(one[0], key) < 0; one = fresh[++next]) {
      yield [name(one[0]), one[1]];
    }
    if (updates.public(namespace, name(key)) === undefined) yield [name(key), versionOfRecord(record)];
  }
  for (const [key, version] of fresh.slice(next)) yield [name(key), version];
}

function endOf(namespace: string, query: RangeQuery): Buffer {
  if (query.getEndKey() === '') return afterPrefix(keys.state(namespace, ''));
  const end = keys.state(namespace, query.getEndKey());
  // The smallest key after a key is the same with a zero byte more.
  return query.getItrExhausted() ? end : Buffer.concat([end, Buffer.of(0)]);
}

function toVersion(version: ReadVersion | undefined): Version | undefined {
  return version && { block: version.getBlockNum(), tx: version.getTxNum() };
}
