import type { Disk, Frozen, Range } from './disk.js';
import { lowerBound, nameOf } from './key-order.js';

type Entry = readonly [key: Buffer, value: Buffer];

/** What a database has to be able to do. */
export interface Database extends Omit<Disk, 'scan' | 'freeze'> {
  /** The first entries of a range, as many as its limit says, as they are at the moment of the call. */
  page(range: Range): Promise<readonly Entry[]>;
}

/** So many entries are read at once: among them may be blocks. */
const pageSize = 64;

/** Whoever is overtaken by more batches puts together what they write over; fewer are looked through one by one. */
const manyBatches = 64;

/** A batch of changes; those after it follow. The last one has no changes yet. */
interface Batch {
  /** What it writes over, by key. */
  readonly before: Map<string, Buffer | undefined>;
  /** What it writes, until it is written. */
  after: Map<string, Buffer | undefined> | undefined;
  next: Batch | undefined;
}

/**
 * A disk that can be read as it was at one moment: what is written over is kept in memory for as long as somebody reads so.
 *
 * LevelDB's own snapshots are not used. While one is open, a compaction that splits the values of a key between two files may
 * leave an older one above the newest, and everybody reads the older one (google/leveldb#320; classic-level has LevelDB 1.20,
 * and it was mended after that). Iterators take snapshots as well, so each lives for one page only.
 */
export function freezable(database: Database): Disk {
  let last: Batch = nothingYet();
  /** The first batch that may not be written: whoever freezes the disk now reads what was there before it. */
  let unwritten = last;

  /** What will be there when everything that is being written is. */
  const latest = (key: Uint8Array, name: string): Buffer | undefined => {
    let holder: Batch | undefined;
    for (let batch: Batch | undefined = unwritten; batch !== undefined; batch = batch.next)
      if (batch.after?.has(name) === true) holder = batch;
    return holder === undefined ? database.get(key) : holder.after?.get(name);
  };

  return {
    get: (key) => database.get(key),
    scan: (range) => inPages(async (rest) => pageOf(await database.page(rest), rest), range),
    freeze: () => frozenBefore(unwritten, database),
    async write(changes, options) {
      const batch = last;
      const after = new Map<string, Buffer | undefined>();
      for (const { key, value, isNew } of changes) {
        const name = nameOf(key);
        if (!batch.before.has(name)) batch.before.set(name, isNew === true ? undefined : latest(key, name));
        after.set(name, value && Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      }
      batch.after = after;
      last = batch.next = nothingYet();
      try {
        await database.write(changes, options);
      } finally {
        batch.after = undefined;
        while (unwritten.next !== undefined && unwritten.after === undefined) unwritten = unwritten.next;
      }
    },
    ...(database.prove && { prove: database.prove.bind(database) }),
    close: () => database.close(),
  };
}

function nothingYet(): Batch {
  return { before: new Map(), after: undefined, next: undefined };
}

function frozenBefore(first: Batch, database: Database): Frozen {
  /** Of all keys that were written since, what they had before. */
  const before = new Map<string, Buffer | undefined>();
  /** These keys in their order, but for the newest. */
  const ordered: string[] = [];
  let newest: string[] = [];
  let coming = first;
  const catchUp = (): void => {
    for (; coming.next !== undefined; coming = coming.next)
      for (const [name, value] of coming.before) {
        if (before.has(name)) continue;
        before.set(name, value);
        newest.push(name);
      }
  };

  const formerly = (range: Range): Entry[] => {
    // One by one into their places: a long scan meets few new ones with each page, and many old ones.
    for (const name of newest) ordered.splice(lowerBound(ordered, name), 0, name);
    newest = [];
    const names = ordered.slice(
      lowerBound(ordered, nameOf(range.start)),
      lowerBound(ordered, nameOf(range.end)),
    );
    return names.flatMap((name): Entry[] => {
      const value = before.get(name);
      return value === undefined ? [] : [[Buffer.from(name, 'latin1'), value]];
    });
  };

  return {
    get(key) {
      const name = nameOf(key);
      if (before.has(name)) return before.get(name);
      let passed = 0;
      for (let batch = coming; batch.next !== undefined; batch = batch.next, passed += 1)
        if (batch.before.has(name)) return batch.before.get(name);
      if (passed > manyBatches) catchUp();
      return database.get(key);
    },
    scan: (range) =>
      inPages(async (rest) => {
        const reading = database.page(rest);
        // At the same moment: what is written later is in neither.
        catchUp();
        const { entries, followedBy } = pageOf(await reading, rest);
        const unchanged = entries.filter(([key]) => !before.has(nameOf(key)));
        const former = formerly(followedBy === undefined ? rest : without(rest, followedBy));
        const sign = rest.reverse === true ? -1 : 1;
        return {
          entries: [...unchanged, ...former].sort(([a], [b]) => sign * Buffer.compare(a, b)),
          followedBy,
        };
      }, range),
    close: () => {
      before.clear();
      ordered.length = newest.length = 0;
      // Who is closed may still be known to somebody, and would keep all batches that follow.
      coming = nothingYet();
    },
  };
}

/** Entries of a range from its beginning, and what of the range comes after them. */
interface Page {
  readonly entries: readonly Entry[];
  readonly followedBy: Range | undefined;
}

async function* inPages(
  read: (range: Range & { readonly limit: number }) => Promise<Page>,
  { limit = -1, ...range }: Range,
): AsyncGenerator<Entry> {
  let left = limit < 0 ? Infinity : limit;
  for (let rest: Range | undefined = range; rest !== undefined && left > 0;) {
    const { entries, followedBy }: Page = await read({ ...rest, limit: Math.min(pageSize, left) });
    for (const entry of entries.slice(0, left)) yield entry;
    left -= entries.length;
    rest = followedBy;
  }
}

function pageOf(entries: readonly Entry[], { limit, ...range }: Range & { readonly limit: number }): Page {
  const last = entries.at(-1)?.[0];
  if (last === undefined || entries.length < limit) return { entries, followedBy: undefined };
  const followedBy =
    range.reverse === true
      ? { ...range, end: last }
      : { ...range, start: Buffer.concat([last, Buffer.of(0)]) };
  return { entries, followedBy };
}

/** What of a range is left without its end. */
function without(range: Range, end: Range): Range {
  return range.reverse === true ? { ...range, start: end.end } : { ...range, end: end.start };
}
