import 'reflect-metadata';
import { ledger as protos, peer } from '@hyperledger/fabric-protos';
import { parsePolicy } from '../msp/parse-policy.js';
import { sha256 } from './bytes.js';
import type { ChannelLedger } from './channel-ledger.js';
import { PrivateDataUnavailable } from './private-data-unavailable.js';
import type { Disk } from './disk.js';
import { openLevelDisk } from './level-disk.js';
import { commit, specChannel, transact, type SpecChannel } from './testing/spec-channel.js';
import type { SpecCollection } from './testing/spec-read-write-set.js';

const { TxValidationCode: Code } = peer;

let channel: SpecChannel;
let ledger: ChannelLedger;
beforeEach(async () => {
  channel = await specChannel();
  ledger = await channel.open();
});
afterEach(async () => {
  await ledger.close();
  await channel.remove();
});

/** Endorses, keeps the private half as an endorser does, and commits. */
async function write(name: string, collection: SpecCollection, keep = true) {
  const made = transact(channel, { cc: { collections: { [name]: collection } } });
  if (keep) await ledger.keepPrivateData(made.txId, made.privateBytes);
  const block = await commit(ledger, made);
  expect(block.transactions[0]?.code).toBe(Code.VALID);
  return made;
}

function readPrivate(organisation: string, name: string, key: string): string | undefined {
  const snapshot = ledger.snapshot();
  try {
    return snapshot.getPrivate(organisation, 'cc', name, key)?.value.toString();
  } finally {
    snapshot.close();
  }
}

async function keysHeld(organisation: string, name: string, start = '', end = ''): Promise<string[]> {
  const snapshot = ledger.snapshot();
  const held = [];
  for await (const { key } of snapshot.rangePrivate(organisation, 'cc', name, start, end)) held.push(key);
  snapshot.close();
  return held;
}

function hashed(name: string, key: string) {
  const snapshot = ledger.snapshot();
  const entry = snapshot.getHashed('cc', name, sha256(key));
  snapshot.close();
  return entry;
}

describe('private data', () => {
  it('reach every member and nobody else, who still has the hash', async () => {
    await write('ab', { writes: { k: 'secret' } });
    expect(readPrivate('A', 'ab', 'k')).toBe('secret');
    expect(readPrivate('B', 'ab', 'k')).toBe('secret');
    expect(() => readPrivate('C', 'ab', 'k')).toThrow(PrivateDataUnavailable);
    expect(await keysHeld('C', 'ab')).toEqual([]);
    expect((await ledger.privateData('C', 1)).size).toBe(0);
    expect(hashed('ab', 'k')).toMatchObject({ valueHash: sha256('secret'), version: { block: 1, tx: 0 } });
    expect(readPrivate('C', 'ab', 'never')).toBeUndefined();
  });

  it('are found in no byte of the blocks', async () => {
    await write('ab', { writes: { k: 'a very secret value' } });
    expect(ledger.block(1)?.bytes.includes('a very secret value')).toBe(false);
  });

  it('are handed out by block as endorsed, for the collections of a member', async () => {
    const { privateBytes } = await write('ab', { writes: { k: 'secret' } });
    const data = await ledger.privateData('B', 1);
    const set = data.get(0);
    expect(set && Buffer.from(set).equals(privateBytes)).toBe(true);
  });

  it('are not there when nobody has brought them', async () => {
    await write('ab', { writes: { k: 'secret' } }, false);
    expect(() => readPrivate('A', 'ab', 'k')).toThrow('private data matching public hash version');
  });

  it('are still held as they were where the newer ones never came, beside what the ledger says', async () => {
    await write('ab', { writes: { k: 'old', gone: 'old' } });
    await write('ab', { writes: { k: 'new' } }, false);
    await write('ab', { writes: { gone: null } });
    const snapshot = ledger.snapshot();
    const held = (organisation: string, key: string) => snapshot.getHeld(organisation, 'cc', 'ab', key);
    expect(held('A', 'k')).toMatchObject({ value: Buffer.from('old'), version: { block: 1, tx: 0 } });
    expect(held('A', 'gone')).toBeUndefined();
    expect(held('C', 'k')).toBeUndefined();
    snapshot.close();
  });

  it('are not taken when they do not fit the hashes', async () => {
    const honest = transact(channel, { cc: { collections: { ab: { writes: { k: 'true' } } } } });
    const forged = transact(channel, { cc: { collections: { ab: { writes: { k: 'false' } } } } });
    await ledger.keepPrivateData(honest.txId, forged.privateBytes);
    await commit(ledger, honest);
    expect(() => readPrivate('A', 'ab', 'k')).toThrow(PrivateDataUnavailable);
  });

  it('are picked among what several endorsers left', async () => {
    const honest = transact(channel, { cc: { collections: { ab: { writes: { k: 'true' } } } } });
    const forged = transact(channel, { cc: { collections: { ab: { writes: { k: 'false' } } } } });
    await ledger.keepPrivateData(honest.txId, forged.privateBytes);
    await ledger.keepPrivateData(honest.txId, honest.privateBytes);
    await commit(ledger, honest);
    expect(readPrivate('A', 'ab', 'k')).toBe('true');
  });

  it('come in key order, and stale or deleted ones do not come', async () => {
    await write('ab', { writes: { b: '1', a: '1', ä: '1', c: '1' } });
    await write('ab', { writes: { c: null } });
    await write('ab', { writes: { b: '2' } }, false);
    expect(await keysHeld('A', 'ab')).toEqual(['a', 'ä']);
    expect(await keysHeld('A', 'ab', 'a', 'b')).toEqual(['a']);
    expect(readPrivate('A', 'ab', 'c')).toBeUndefined();
  });

  it('move with a change of metadata to its version', async () => {
    await write('ab', { writes: { k: 'secret' } });
    await write('ab', { policies: { k: parsePolicy(`OR('A.peer')`) } }, false);
    const snapshot = ledger.snapshot();
    expect(snapshot.getPrivate('A', 'cc', 'ab', 'k')).toMatchObject({ version: { block: 2, tx: 0 } });
    expect(snapshot.getHeld('A', 'cc', 'ab', 'k')).toMatchObject({ version: { block: 2, tx: 0 } });
    expect([...(snapshot.getHashed('cc', 'ab', sha256('k'))?.metadata.keys() ?? [])]).toEqual([
      'VALIDATION_PARAMETER',
    ]);
    snapshot.close();
  });

  it('live as many blocks as their collection says', async () => {
    await write('short', { writes: { k: 'secret' } });
    await write('ab', { writes: { other: '1' } });
    expect(readPrivate('A', 'short', 'k')).toBe('secret');
    await write('ab', { writes: { other: '2' } });
    expect(readPrivate('A', 'short', 'k')).toBeUndefined();
    expect(hashed('short', 'k')).toBeUndefined();
    expect(await keysHeld('A', 'short')).toEqual([]);
    expect((await ledger.privateData('A', 1)).size).toBe(0);
  });

  it('live on when they are written again before they run out', async () => {
    await write('short', { writes: { k: '1' } });
    await write('short', { writes: { k: '2' } });
    await write('ab', { writes: { other: '1' } });
    expect(readPrivate('A', 'short', 'k')).toBe('2');
    await write('ab', { writes: { other: '2' } });
    expect(readPrivate('A', 'short', 'k')).toBeUndefined();
  });

  it('are gone from the past, too, once purged', async () => {
    await write('ab', { writes: { k: '1', kept: '1' } });
    await write('ab', { writes: { k: '2' } });
    await write('ab', { purges: ['k'] });
    expect(readPrivate('A', 'ab', 'k')).toBeUndefined();
    expect(readPrivate('A', 'ab', 'kept')).toBe('1');
    const values = [];
    for (const block of [1, 2, 3]) {
      const bytes = (await ledger.privateData('A', block)).get(0) ?? new Uint8Array();
      const [set] = protos.rwset.TxPvtReadWriteSet.deserializeBinary(bytes).getNsPvtRwsetList();
      const [part] = set?.getCollectionPvtRwsetList() ?? [];
      const writes = protos.rwset.kvrwset.KVRWSet.deserializeBinary(
        part?.getRwset_asU8() ?? new Uint8Array(),
      );
      values.push(
        writes.getWritesList().map((one) => `${one.getKey()}=${Buffer.from(one.getValue_asU8()).toString()}`),
      );
    }
    expect(values).toEqual([['kept=1'], [], ['k=']]);
  });

  it('wait for their commit across a restart', async () => {
    const made = transact(channel, { cc: { collections: { ab: { writes: { k: 'secret' } } } } });
    await ledger.keepPrivateData(made.txId, made.privateBytes);
    await ledger.close();
    ledger = await channel.open();
    await commit(ledger, made);
    expect(readPrivate('B', 'ab', 'k')).toBe('secret');
  });

  it('of an organisation’s implicit collection are its own', async () => {
    await write('_implicit_org_A', { writes: { k: 'mine' } });
    expect(readPrivate('A', '_implicit_org_A', 'k')).toBe('mine');
    expect(() => readPrivate('B', '_implicit_org_A', 'k')).toThrow(PrivateDataUnavailable);
  });

  it('has survived a power cut before an endorsement is given out, or is not kept at all', async () => {
    await ledger.close();
    const level = await openLevelDisk(channel.directory);
    const synced: boolean[] = [];
    let isFull = true;
    const disk: Disk = {
      ...level,
      write: (changes, options) => {
        if (isFull) return Promise.reject(new Error('no space left on device'));
        synced.push(options.sync);
        return level.write(changes, options);
      },
    };
    ledger = await channel.openWith(disk, channel.directory, {});
    const made = transact(channel, { cc: { collections: { ab: { writes: { secret: 'kept' } } } } });
    await expect(ledger.keepPrivateData(made.txId, made.privateBytes)).rejects.toThrow('no space left');
    isFull = false;
    await Promise.all([
      ledger.keepPrivateData(made.txId, made.privateBytes),
      ledger.keepPrivateData(made.txId, made.privateBytes),
    ]);
    expect(synced).toEqual([true]);
    await commit(ledger, made);
    expect(readPrivate('A', 'ab', 'secret')).toBe('kept');
  });
});
