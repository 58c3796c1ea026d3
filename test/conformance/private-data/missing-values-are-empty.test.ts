import { PAIR } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, tax } from '../harness/network.js';
import { arrange, ask, evaluate } from '../harness/perform.js';

describe('a private key that does not exist', () => {
  it('reads as empty at members and at others, and so does its hash', async () => {
    const key = fresh('key');

    for (const member of [customs, bankA]) {
      expect(
        await evaluate(member, [
          ['getPrivate', PAIR, key],
          ['privateHash', PAIR, key],
        ]),
      ).toEqual(['', '']);
    }
  });

  it('is what a deleted one is', async () => {
    const key = fresh('key');
    await arrange(customs, [['putPrivate', PAIR, key, 'value']]);
    await arrange(customs, [['deletePrivate', PAIR, key]]);

    for (const member of [customs, tax, bankA]) {
      expect(
        await evaluate(member, [
          ['getPrivate', PAIR, key],
          ['privateHash', PAIR, key],
        ]),
      ).toEqual(['', '']);
    }
  });

  it('is told from a key of the same name in the public state', async () => {
    const key = fresh('key');
    await arrange(customs, [
      ['put', key, 'public'],
      ['putPrivate', PAIR, key, 'private'],
    ]);

    expect(
      await evaluate(customs, [
        ['get', key],
        ['getPrivate', PAIR, key],
      ]),
    ).toEqual(['public', 'private']);
    expect(await ask(bankA, ['get', key])).toBe('public');
  });
});
