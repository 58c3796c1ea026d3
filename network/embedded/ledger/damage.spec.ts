import 'reflect-metadata';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { ChannelLedger } from './channel-ledger.js';
import { checkedDisk } from './checked-disk.js';
import type { Disk } from './disk.js';
import { keys } from './keys.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { openLevelDisk } from './level-disk.js';
import { commit, specChannel, transact, type SpecChannel } from './testing/spec-channel.js';

const ALL = { start: Buffer.from([0]), end: Buffer.from([0xff]) };
const BLOCKS = 12;

// Each opening of a ledger proves all of it, some a hundred times over.
jest.setTimeout(300_000);

let channel: SpecChannel;
/** The folder of a ledger with blocks, closed; and everything in it. */
let original: string;
let contents: ReadonlyMap<string, string>;
const folders: string[] = [];

beforeAll(async () => {
  channel = await specChannel();
  const ledger = await channel.open();
  for (let number = 1; number < BLOCKS; number++) {
    const made = transact(channel, {
      cc: {
        writes: { [`key-${number % 5}`]: `value ${number}`, [`once-${number}`]: 'x'.repeat(200) },
        collections: {
          ab: { writes: { [`secret-${number}`]: `private ${number}` } },
          short: { writes: { [`soon-${number}`]: 'gone' } },
        },
      },
    });
    await ledger.keepPrivateData(made.txId, made.privateBytes);
    await commit(ledger, made, transact(channel, { cc: { writes: { no: '1' } } }, { by: [] }));
  }
  await ledger.close();
  original = channel.directory;
  contents = await contentsOf(original);
});

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
afterAll(() => channel.remove());

describe('a ledger on a disk that has changed', () => {
  it('opens when nothing has', async () => {
    const ledger = await opened(await copy());
    expect(ledger.height).toBe(BLOCKS);
    await ledger.close();
  });

  it('either holds everything, or is not opened, wherever a byte of its files has flipped', async () => {
    const files: [string, number][] = [];
    for (const name of await readdir(original)) {
      files.push([name, (await readFile(join(original, name))).length]);
    }
    const position = fc.constantFrom(...files.filter(([, size]) => size > 0)).chain(([name, size]) =>
      fc.record({
        name: fc.constant(name),
        // LevelDB's own lists and filters lie at the end of its files: what flips there hides records, or ends the process.
        at: fc.oneof(
          fc.nat(size - 1),
          fc.nat(Math.min(size, 4_000) - 1).map((back) => size - 1 - back),
        ),
        bits: fc.integer({ min: 1, max: 255 }),
      }),
    );
    let damaged = 0;
    await fc.assert(
      fc.asyncProperty(position, async ({ name, at, bits }) => {
        const folder = await copy();
        const bytes = await readFile(join(folder, name));
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        await writeFile(join(folder, name), bytes);
        try {
          const ledger = await opened(folder);
          await ledger.close();
        } catch (error) {
          if (!(error instanceof LedgerDamaged)) throw error;
          damaged++;
          return;
        }
        expect(await contentsOf(folder)).toEqual(contents);
      }),
      { numRuns: 60 },
    );
    expect(damaged).toBeGreaterThan(10);
  });

  it.each([
    ['another name', 'MANIFEST-999999\n'],
    ['a name that is cut short', 'MANIFES\0-000004\n'],
    ['nothing', ''],
  ])('is not opened where %s stands for its list of files', async (_, current) => {
    const folder = await copy();
    await writeFile(join(folder, 'CURRENT'), current);
    await expect(opened(folder)).rejects.toThrow(LedgerDamaged);
  });

  it.each([
    ['a block', 'b', 4],
    ['the last block', 'b', BLOCKS - 1],
    ['the index of blocks by hash', 'h', undefined],
    ['the index of transactions', 't', undefined],
    ['public state', 's', undefined],
    ['the hash of a private value', 'y', undefined],
    ['a private value', 'q', undefined],
    ['private write sets', 'u', undefined],
    ['history', 'v', undefined],
    ['the record of the last block', 'm', undefined],
  ])('names what is damaged in %s, wherever in its records', async (_, kind, number) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, bits) => {
        const folder = await copy();
        const disk = await openLevelDisk(folder);
        const records = [];
        for await (const one of disk.scan(rangeOf(kind))) records.push(one);
        const wanted =
          number === undefined ? records : records.filter(([key]) => key.equals(keys.block(number)));
        const [key, record] = wanted[which % wanted.length] ?? [];
        if (key === undefined || record === undefined) throw new Error(`There is nothing under ${kind}`);
        record[at % record.length] = (record[at % record.length] ?? 0) ^ bits;
        await disk.write([{ key, value: record }], { sync: true });
        await disk.close();
        const damage = await opened(folder).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(damage).toBeInstanceOf(LedgerDamaged);
        expect(number ?? (damage as LedgerDamaged).block).toBe((damage as LedgerDamaged).block);
        // Whoever starts it again is told at once.
        await expect(opened(folder)).rejects.toThrow((damage as Error).message);
      }),
      { numRuns: 4 },
    );
  });

  it.each(['b', 'h', 't', 's', 'y', 'v', 'm'])('misses what has vanished under %s', async (kind) => {
    const folder = await copy();
    const disk = await openLevelDisk(folder);
    const records = [];
    for await (const [key] of disk.scan(rangeOf(kind))) records.push(key);
    await disk.write([{ key: records[Math.floor(records.length / 2)] ?? Buffer.alloc(0) }], { sync: true });
    await disk.close();
    await expect(opened(folder)).rejects.toThrow(LedgerDamaged);
  });

  it('proves the rest while it is in use, and then serves nothing of what is damaged', async () => {
    const folder = await copy();
    const disk = await openLevelDisk(folder);
    await disk.write([{ key: keys.state('cc', 'once-3') }], { sync: true });
    await disk.close();
    let told: (damage: LedgerDamaged) => void = () => undefined;
    const damage = new Promise<LedgerDamaged>((resolve) => (told = resolve));
    const ledger = await opened(folder, 0, told);
    const { block, message } = await damage;
    expect([block, message]).toEqual([3, 'the value of cc/once-3 of block 3 is missing']);
    expect(() => ledger.snapshot().get('cc', 'once-4')).toThrow(LedgerDamaged);
    await expect(commit(ledger, transact(channel, { cc: { writes: { a: '1' } } }))).rejects.toThrow(
      LedgerDamaged,
    );
    await ledger.close();
    await expect(opened(folder)).rejects.toThrow('cc/once-3');
  });

  it('stops at a record that has been damaged since it was opened', async () => {
    const folder = await copy();
    const disk = await openLevelDisk(folder);
    const found: LedgerDamaged[] = [];
    const ledger = await channel.openWith(disk, folder, { onDamage: (damage) => found.push(damage) });
    await disk.write([{ key: keys.state('cc', 'once-3'), value: Buffer.from('anything') }], { sync: true });
    const snapshot = ledger.snapshot();
    expect(() => snapshot.get('cc', 'once-3')).toThrow(LedgerDamaged);
    expect(found).toHaveLength(1);
    snapshot.close();
    await ledger.close();
  });

  it('stops at a record that LevelDB cannot read when a block is to write over it', async () => {
    const folder = await copy();
    const disk = await openLevelDisk(folder);
    let isUnreadable = false;
    const damaged = new LedgerDamaged('A record cannot be read');
    const worn: Disk = {
      ...disk,
      write: (changes, options) => (isUnreadable ? Promise.reject(damaged) : disk.write(changes, options)),
    };
    const found: LedgerDamaged[] = [];
    const ledger = await channel.openWith(worn, folder, { onDamage: (damage) => found.push(damage) });
    isUnreadable = true;
    await expect(commit(ledger, transact(channel, { cc: { writes: { a: '1' } } }))).rejects.toThrow(
      LedgerDamaged,
    );
    expect(found).toHaveLength(1);
    await ledger.close();
  });

  it('calls a write that fails no damage of what is there', async () => {
    const found: LedgerDamaged[] = [];
    const failing: Disk = {
      ...(await openLevelDisk(await copy())),
      write: () => Promise.reject(new Error('IO error: Input/output error')),
    };
    const disk = checkedDisk(failing, (damage) => found.push(damage));
    await expect(
      disk.write([{ key: Buffer.from('a'), value: Buffer.from('1') }], { sync: true }),
    ).rejects.toThrow('IO error');
    expect(found).toEqual([]);
    await disk.close();
  });

  it('says so when LevelDB cannot read what is to be written over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'damage-'));
    folders.push(folder);
    const keyOf = (number: number) => Buffer.from(`key ${number}`);
    const before = await openLevelDisk(folder);
    const changes = Array.from({ length: 2_000 }, (_, number) => ({
      key: keyOf(number),
      value: Buffer.from(`${'x'.repeat(200)}${number}`),
    }));
    await before.write(changes, { sync: true });
    await before.close();
    const disk = await openLevelDisk(folder);
    const [table = 'none'] = (await readdir(folder)).filter((name) => name.endsWith('.ldb'));
    await writeFile(join(folder, table), Buffer.alloc(20_000, 0xff), { flag: 'r+' });
    await expect(disk.write([{ key: keyOf(0), value: Buffer.from('1') }], { sync: true })).rejects.toThrow(
      LedgerDamaged,
    );
    await disk.close();
  });
});

describe('a ledger whose last write was cut short', () => {
  it('loses what nobody had been told of, and goes on', async () => {
    const folder = await copy();
    const acknowledged = await readFile(join(folder, 'acknowledged'));
    const before = await opened(folder);
    await commit(before, transact(channel, { cc: { writes: { torn: '1' } } }));
    await before.close();
    // The process had not come so far.
    await writeFile(join(folder, 'acknowledged'), acknowledged);
    await cutLog(folder);
    const ledger = await opened(folder);
    expect(ledger.height).toBe(BLOCKS);
    await commit(ledger, transact(channel, { cc: { writes: { next: '1' } } }));
    expect(ledger.height).toBe(BLOCKS + 1);
    await ledger.close();
  });

  it('keeps what was written whole although nobody had been told', async () => {
    const folder = await copy();
    const acknowledged = await readFile(join(folder, 'acknowledged'));
    const before = await opened(folder);
    await commit(before, transact(channel, { cc: { writes: { whole: '1' } } }));
    await before.close();
    await writeFile(join(folder, 'acknowledged'), acknowledged);
    const ledger = await opened(folder);
    expect(ledger.height).toBe(BLOCKS + 1);
    await ledger.close();
  });

  it('is damaged when somebody had been told', async () => {
    const folder = await copy();
    const before = await opened(folder);
    await commit(before, transact(channel, { cc: { writes: { told: '1' } } }));
    await before.close();
    await cutLog(folder);
    await expect(opened(folder)).rejects.toMatchObject({ name: 'LedgerDamaged', block: BLOCKS });
  });
});

async function opened(
  folder: string,
  budgetMs = 60_000,
  onDamage?: (damage: LedgerDamaged) => void,
): Promise<ChannelLedger> {
  const disk = await openLevelDisk(folder);
  return channel.openWith(disk, folder, {
    proof: { budgetMs, leastSteps: 0, restAfterMs: 0 },
    ...(onDamage && { onDamage }),
  });
}

async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'damaged-'));
  folders.push(folder);
  await cp(original, folder, { recursive: true });
  return folder;
}

/** Takes away the end of the log that LevelDB writes ahead. */
async function cutLog(folder: string): Promise<void> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
  const file = join(folder, logs.at(-1) ?? '');
  await truncate(file, (await readFile(file)).length - 40);
}

async function contentsOf(folder: string): Promise<Map<string, string>> {
  const disk = await openLevelDisk(folder);
  const found = new Map<string, string>();
  for await (const [key, value] of disk.scan(ALL)) found.set(key.toString('hex'), value.toString('hex'));
  await disk.close();
  return found;
}

function rangeOf(kind: string): { start: Buffer; end: Buffer } {
  const first = kind.charCodeAt(0);
  return { start: Buffer.from([first]), end: Buffer.from([first + 1]) };
}
