import { ledger } from '@hyperledger/fabric-protos';
import type { StateEntry } from '../../ledger/ledger.js';
import { RangeReads } from '../../ledger/range-reads.js';
import { SequenceCursor, type Cursor } from './cursor.js';

type RangeQueryInfo = InstanceType<typeof ledger.rwset.kvrwset.RangeQueryInfo>;
const { QueryReads, RangeQueryInfo } = ledger.rwset.kvrwset;

/** A range query over public keys that remembers, for the read set, what it returned and how far it got. */
export class RangeCursor implements Cursor<StateEntry> {
  readonly #entries: Cursor<StateEntry>;
  readonly #reads = new RangeReads();
  readonly #info = new RangeQueryInfo();
  readonly #end: string;
  #remaining: number;

  /** @param limit - page size; 0 means all. */
  constructor(entries: AsyncIterable<StateEntry>, start: string, end: string, limit: number) {
    this.#entries = new SequenceCursor(entries, ({ key }) => key);
    this.#info.setStartKey(start);
    this.#end = end;
    this.#remaining = limit > 0 ? limit : Number.POSITIVE_INFINITY;
  }

  async next(): Promise<StateEntry | undefined> {
    const entry = this.#remaining > 0 ? await this.#entries.next() : undefined;
    if (entry === undefined) {
      this.#info.setItrExhausted(true);
      this.#info.setEndKey(this.#end);
      return undefined;
    }
    this.#remaining--;
    this.#reads.add(entry.key, entry.version);
    // The caller may never ask again: until the end is reached, the last key seen bounds what must not change.
    this.#info.setEndKey(entry.key);
    return entry;
  }

  closeWithBookmark(): Promise<string> {
    return this.#entries.closeWithBookmark();
  }

  close(): Promise<void> {
    return this.#entries.close();
  }

  /** The entry for the read set; to be asked once, when the simulation is over. */
  rangeQuery(): RangeQueryInfo {
    const { reads, summary } = this.#reads.finish();
    if (reads) {
      const raw = new QueryReads();
      raw.setKvReadsList([...reads]);
      this.#info.setRawReads(raw);
    }
    if (summary) this.#info.setReadsMerkleHashes(summary);
    return this.#info;
  }
}
