import { PAIR } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { blockWithPrivateData } from '../harness/deliver.js';
import { bankA, customs, tax } from '../harness/network.js';
import { arrange, ask, evaluate } from '../harness/perform.js';

describe('a purged private key', () => {
  it('reads as empty everywhere, as a deleted one does', async () => {
    const key = fresh('key');
    await arrange(customs, [['putPrivate', PAIR, key, 'value']]);
    await arrange(customs, [['purgePrivate', PAIR, key]]);

    for (const member of [customs, tax, bankA]) {
      expect(
        await evaluate(member, [
          ['getPrivate', PAIR, key],
          ['privateHash', PAIR, key],
        ]),
      ).toEqual(['', '']);
    }
  });

  it('is also gone from the private data of old blocks, where a deleted one stays', async () => {
    const deleted = fresh('deleted');
    const purged = fresh('purged');
    const transient = { deleted: 'stays in the past', purged: 'leaves no trace' };
    const writes = [
      ['putTransient', PAIR, deleted, 'deleted'],
      ['putTransient', PAIR, purged, 'purged'],
    ] as const;
    const { block } = await arrange(customs, writes, { transient });
    await arrange(customs, [
      ['deletePrivate', PAIR, deleted],
      ['purgePrivate', PAIR, purged],
    ]);
    const past = Buffer.from((await blockWithPrivateData(customs, block)).serializeBinary());

    expect(past.includes('stays in the past')).toBe(true);
    expect(past.includes('leaves no trace')).toBe(false);
  });

  it('can be written again', async () => {
    const key = fresh('key');
    await arrange(customs, [['putPrivate', PAIR, key, 'old']]);
    await arrange(customs, [['purgePrivate', PAIR, key]]);
    await arrange(customs, [['putPrivate', PAIR, key, 'new']]);

    expect(await ask(tax, ['getPrivate', PAIR, key])).toBe('new');
  });
});
