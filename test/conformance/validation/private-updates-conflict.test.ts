import { PAIR } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, commit, endorse } from '../harness/perform.js';

describe('a private key that changed after it was read', () => {
  it('fails the reader with MVCC_READ_CONFLICT, checked on the key’s hash', async () => {
    const key = fresh('key');
    await arrange(customs, [['putPrivate', PAIR, key, 'before']]);
    const first = await endorse(customs, [
      ['getPrivate', PAIR, key],
      ['putPrivate', PAIR, key, 'first'],
    ]);
    const second = await endorse(customs, [
      ['getPrivate', PAIR, key],
      ['putPrivate', PAIR, key, 'second'],
    ]);

    expect((await commit(customs, first)).code).toBe('VALID');
    expect((await commit(customs, second)).code).toBe('MVCC_READ_CONFLICT');
    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('first');
  });

  it('fails one that only read its hash, too', async () => {
    const key = fresh('key');
    await arrange(customs, [['putPrivate', PAIR, key, 'before']]);
    const reader = await endorse(customs, [
      ['privateHash', PAIR, key],
      ['put', fresh('other'), 'seen'],
    ]);
    await arrange(customs, [['putPrivate', PAIR, key, 'after']]);

    expect((await commit(customs, reader)).code).toBe('MVCC_READ_CONFLICT');
  });
});
