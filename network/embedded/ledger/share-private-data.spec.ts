import 'reflect-metadata';
import { sha256 } from './bytes.js';
import type { ChannelLedger } from './channel-ledger.js';
import type { Disk } from './disk.js';
import { keys } from './keys.js';
import { openLevelDisk } from './level-disk.js';
import { checkedDisk } from './checked-disk.js';
import { sharePrivateData } from './share-private-data.js';
import { commit, specChannel, transact, type SpecChannel } from './testing/spec-channel.js';

let channel: SpecChannel;
beforeEach(async () => {
  channel = await specChannel();
});
afterEach(() => channel.remove());

const everything = { start: Buffer.from([0]), end: Buffer.from([0xff]) };
const isFormer = (key: Buffer) => ['p', 'w'].includes(String.fromCharCode(key[0] ?? 0));

/** The disk of a ledger of which block 1 wrote `k`, and block 2 again. */
async function writtenTwice(): Promise<Disk> {
  const ledger = await channel.open();
  for (const value of ['old', 'new']) {
    const made = transact(channel, { cc: { collections: { ab: { writes: { k: value } } } } });
    await ledger.keepPrivateData(made.txId, made.privateBytes);
    await commit(ledger, made);
  }
  await ledger.close();
  return open();
}

async function open(): Promise<Disk> {
  const nothingIsWrong = () => undefined;
  return checkedDisk(await openLevelDisk(channel.directory), nothingIsWrong, nothingIsWrong);
}

/** Lays everything private as former versions did: for A, and for B, who has missed the second value. */
async function layAsBefore(disk: Disk): Promise<void> {
  const former = (organisation: string, key: Buffer) =>
    Buffer.concat([Buffer.from(`${key[0] === 0x71 ? 'p' : 'w'}${organisation}\0`), key.subarray(1)]);
  const old = Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from('old')]);
  for await (const [key, value] of disk.scan(everything)) {
    if (key[0] !== 0x71 && key[0] !== 0x75) continue;
    const changes = [
      { key },
      { key: former('A', key), value },
      { key: former('B', key), value: key[0] === 0x71 ? old : value },
    ];
    await disk.write(changes, { sync: true });
  }
}

async function read(organisation: string): Promise<unknown> {
  const ledger: ChannelLedger = await channel.open();
  const snapshot = ledger.snapshot();
  const value = snapshot.getPrivate(organisation, 'cc', 'ab', 'k')?.value.toString();
  snapshot.close();
  const sets = await Promise.all([1, 2].map((block) => ledger.privateData(organisation, block)));
  await ledger.close();
  return { value, sets: sets.map((set) => sha256(set.get(0) ?? '').toString('hex')) };
}

describe('private data that former versions kept for each organisation', () => {
  it('is found by its members after a start, and lies there once', async () => {
    const disk = await writtenTwice();
    await disk.close();
    const before = await read('A');
    const again = await open();
    await layAsBefore(again);
    await again.close();
    expect([await read('A'), await read('B')]).toEqual([before, before]);
    const after = await open();
    for await (const [key] of after.scan(everything)) expect(isFormer(key)).toBe(false);
    await after.close();
  });

  it('is gone on with where a start was cut short', async () => {
    const disk = await writtenTwice();
    await layAsBefore(disk);
    let writes = 0;
    const cut: Disk = {
      ...disk,
      write: (changes, options) => {
        writes += 1;
        return writes === 2 ? Promise.reject(new Error('cut')) : disk.write(changes, options);
      },
    };
    await expect(sharePrivateData(cut)).rejects.toThrow('cut');
    await sharePrivateData(disk);
    expect(
      disk
        .get(keys.private('cc', 'ab', 'k'))
        ?.subarray(10)
        .toString(),
    ).toBe('new');
    expect(disk.get(keys.writeSet(2, 0, 'cc', 'ab'))).toBeDefined();
    await disk.close();
  });
});
