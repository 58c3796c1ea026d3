import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Change, Disk, Frozen, Range } from './disk.js';
import { freezable } from './freezable.js';
import { openLevelDisk } from './level-disk.js';

type Content = ReadonlyMap<string, string>;

/** Enough keys for several pages. */
const keyCount = 200;
const keyOf = (number: number) => Buffer.from(`key ${String(number).padStart(3, '0')}\xff`, 'latin1');
const everything = { start: Buffer.from('key'), end: Buffer.from('kez') };

const changes = fc.array(
  fc.record({ key: fc.nat({ max: keyCount - 1 }), value: fc.option(fc.string({ maxLength: 6 })) }),
  { minLength: 1, maxLength: 40 },
);
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), changes }),
  fc.record({ kind: fc.constant('wait' as const) }),
  fc.record({ kind: fc.constant('freeze' as const) }),
);
const range = fc.record({
  ends: fc.tuple(fc.nat({ max: keyCount }), fc.nat({ max: keyCount })),
  reverse: fc.boolean(),
  limit: fc.oneof(fc.constant(-1), fc.nat({ max: keyCount })),
});

describe('a disk that is frozen', () => {
  it('is read as it was, whatever is written meanwhile or was being written', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(range, { maxLength: 5 }),
        async (steps, ranges) => {
          const slow = new SlowDatabase();
          await holdsAgainstModel(freezable(slow.database), steps, ranges, () => slow.written);
        },
      ),
    ));

  it('is, on LevelDB', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'freezable-'));
    const runs = fc.sample(fc.tuple(fc.array(step, { maxLength: 30 }), fc.array(range, { maxLength: 5 })), 8);
    for (const [index, [steps, ranges]] of runs.entries()) {
      const disk = await openLevelDisk(join(folder, String(index)));
      await holdsAgainstModel(disk, steps, ranges);
      await disk.close();
    }
    await rm(folder, { recursive: true });
  });

  it('shows entries one after the other, while more is written between them', async () => {
    const disk = freezable(new SlowDatabase().database);
    const put = (value: string) =>
      disk.write(
        Array.from({ length: keyCount }, (_, number) => ({ key: keyOf(number), value: Buffer.from(value) })),
        { sync: true },
      );
    await put('before');
    const frozen = disk.freeze();
    const seen: string[] = [];
    for await (const [, value] of frozen.scan(everything)) {
      seen.push(value.toString());
      if (seen.length % 50 === 0) await put(`after ${seen.length}`);
    }
    expect(seen).toEqual(Array.from({ length: keyCount }, () => 'before'));
    expect(disk.get(keyOf(0))?.toString()).toBe('after 200');
  });
});

describe('a disk that was frozen and is not any more', () => {
  it('keeps nothing of what is written over afterwards, though somebody still knows it', async () => {
    const disk = freezable(new SlowDatabase().database);
    const put = (value: Buffer) => disk.write([{ key: keyOf(0), value }], { sync: true });
    const closed = disk.freeze();
    closed.close();
    const gone: WeakRef<Buffer>[] = [];
    for (let round = 0; round < 20; round++) {
      const value = Buffer.alloc(1_000_000, round);
      gone.push(new WeakRef(value));
      await put(value);
    }
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 5; round++) {
      await turn();
      collect();
    }
    expect(gone.slice(0, -2).filter((one) => one.deref() !== undefined)).toEqual([]);
    expect(closed.get(keyOf(0))?.length).toBe(1_000_000);
  });
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Asked = typeof range extends fc.Arbitrary<infer T> ? T : never;

/** @param written what the disk holds by now, where some of it may still be on its way. */
async function holdsAgainstModel(
  disk: Disk,
  steps: readonly Step[],
  ranges: readonly Asked[],
  written?: () => Content,
) {
  let model: Content = new Map();
  const frozen: [Frozen, Content][] = [];
  const writing: Promise<void>[] = [];
  for (const one of steps) {
    if (one.kind === 'write') {
      model = withChanges(model, one.changes.map(toChange));
      writing.push(disk.write(one.changes.map(toChange), { sync: false }));
    } else if (one.kind === 'wait') {
      await turn();
    } else {
      // Without a database whose writes can be watched, all of them have to be over.
      if (written === undefined) await Promise.all(writing);
      frozen.push([disk.freeze(), written?.() ?? model]);
    }
  }
  for (const [view, content] of frozen) await expectContent(view, content, ranges);
  await Promise.all(writing);
  for (const [view, content] of frozen) await expectContent(view, content, ranges);
  expect(await entriesOf(disk, everything)).toEqual(sorted(model));
  for (const [view] of frozen) view.close();
}

async function expectContent(view: Frozen, content: Content, ranges: readonly Asked[]): Promise<void> {
  expect(await entriesOf(view, everything)).toEqual(sorted(content));
  for (let number = 0; number < keyCount; number += 7)
    expect(view.get(keyOf(number))?.toString()).toBe(content.get(keyOf(number).toString('latin1')));
  for (const { ends, reverse, limit } of ranges) {
    const [start, end] = ends.sort((a, b) => a - b).map((number) => keyOf(number)) as [Buffer, Buffer];
    const names = [start, end].map((key) => key.toString('latin1')) as [string, string];
    const within = sorted(content).filter(([name]) => name >= names[0] && name < names[1]);
    const wanted = reverse ? within.reverse() : within;
    expect(await entriesOf(view, { start, end, reverse, limit })).toEqual(
      limit < 0 ? wanted : wanted.slice(0, limit),
    );
  }
}

async function entriesOf(disk: Pick<Disk, 'scan'>, asked: Range): Promise<[string, string][]> {
  const entries: [string, string][] = [];
  for await (const [key, value] of disk.scan(asked)) entries.push([key.toString('latin1'), value.toString()]);
  return entries;
}

const sorted = (content: Content) => [...content].sort(([a], [b]) => (a < b ? -1 : 1));

function toChange({ key, value }: { readonly key: number; readonly value: string | null }): Change {
  return value === null ? { key: keyOf(key) } : { key: keyOf(key), value: Buffer.from(value) };
}

function withChanges(content: Content, all: readonly Change[]): Content {
  const next = new Map(content);
  for (const { key, value } of all) {
    const name = Buffer.from(key).toString('latin1');
    if (value === undefined) next.delete(name);
    else next.set(name, Buffer.from(value).toString());
  }
  return next;
}

/** Writes one batch after the other, some turns after it was asked to, and says so yet later. */
class SlowDatabase {
  #content: Content = new Map();
  /** As whoever freezes the disk is to see it: with the batches that are known to be written. */
  written: Content = new Map();
  #last: Promise<void> = Promise.resolve();

  readonly database = {
    get: (key: Uint8Array) => {
      const value = this.#content.get(Buffer.from(key).toString('latin1'));
      return value === undefined ? undefined : Buffer.from(value);
    },
    page: async ({ start, end, reverse = false, limit = -1 }: Range) => {
      const [from, to] = [start, end].map((key) => Buffer.from(key).toString('latin1')) as [string, string];
      const found = sorted(this.#content).filter(([name]) => name >= from && name < to);
      if (reverse) found.reverse();
      await turn();
      return found
        .slice(0, limit < 0 ? undefined : limit)
        .map(([name, value]) => [Buffer.from(name, 'latin1'), Buffer.from(value)] as const);
    },
    write: (all: readonly Change[]) => {
      this.#last = this.#last.then(async () => {
        await turn();
        this.#content = withChanges(this.#content, all);
        const now = this.#content;
        await turn();
        this.written = now;
      });
      return this.#last;
    },
    close: () => Promise.resolve(),
  };
}
