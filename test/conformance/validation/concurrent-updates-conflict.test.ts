import { fresh } from '../harness/fresh.js';
import { customs, tax } from '../harness/network.js';
import { arrange, ask, commit, endorse } from '../harness/perform.js';

describe('two transactions that read and write one key', () => {
  it('let the first one through and fail the other with MVCC_READ_CONFLICT', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const first = await endorse(customs, [
      ['get', key],
      ['put', key, 'first'],
    ]);
    const second = await endorse(tax, [
      ['get', key],
      ['put', key, 'second'],
    ]);

    expect(await commit(customs, first)).toMatchObject({ code: 'VALID', answers: ['before', null] });
    expect(await commit(tax, second)).toMatchObject({
      code: 'MVCC_READ_CONFLICT',
      answers: ['before', null],
    });
    expect(await ask(customs, ['get', key])).toBe('first');
  });

  it('conflict also when both found no such key', async () => {
    const key = fresh('key');
    const first = await endorse(customs, [
      ['get', key],
      ['put', key, 'first'],
    ]);
    const second = await endorse(customs, [
      ['get', key],
      ['put', key, 'second'],
    ]);

    expect((await commit(customs, first)).code).toBe('VALID');
    expect((await commit(customs, second)).code).toBe('MVCC_READ_CONFLICT');
  });

  it('conflict when the key was deleted in between', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const reader = await endorse(customs, [['get', key]]);
    await arrange(customs, [['delete', key]]);

    expect((await commit(customs, reader)).code).toBe('MVCC_READ_CONFLICT');
  });
});
