import type { Step } from '../probe/steps.cjs';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, commit, endorse, submit } from '../harness/perform.js';
import { resultsOf } from '../harness/results.js';

const many = (...keys: string[]): Step => ['getMany', '', keys];

describe('many keys read in one message', () => {
  it('come in the order of the question, absent ones empty, one asked twice twice', async () => {
    const [first, second, absent, gone] = [fresh('b'), fresh('a'), fresh('absent'), fresh('gone')];
    await arrange(customs, [
      ['put', first, 'one'],
      ['put', second, '二'],
      ['put', gone, 'value'],
    ]);
    await arrange(customs, [['delete', gone]]);

    expect(await ask(customs, many(first, absent, second, gone, first))).toEqual([
      'one',
      '',
      '二',
      '',
      'one',
    ]);
  });

  it('may be none, and may be more than the peer offers', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'value']]);
    const keys = Array.from({ length: 1001 }, (_, index) => (index === 1000 ? key : `${key}${index}`));

    expect(await ask(customs, many())).toEqual([]);
    expect(await ask(customs, many(...keys))).toEqual([...Array.from({ length: 1000 }, () => ''), 'value']);
  });

  it('are the state before the transaction', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const { answers } = await submit(customs, [['put', key, 'after'], many(key)]);

    expect(answers).toEqual([null, ['before']]);
  });

  it('make the transaction that the same keys read one by one make', async () => {
    const [key, absent] = [fresh('key'), fresh('absent')];
    await arrange(customs, [['put', key, 'value']]);
    const together = await endorse(customs, [many(absent, key, absent)]);
    const single = await endorse(customs, [
      ['get', key],
      ['get', absent],
    ]);

    expect(resultsOf(together)).toBe(resultsOf(single));
  });

  it.each<[string, 'before' | undefined, (key: string) => Step]>([
    ['is written', 'before', (key) => ['put', key, 'after']],
    ['is deleted', 'before', (key) => ['delete', key]],
    ['was absent and appears', undefined, (key) => ['put', key, 'after']],
  ])('fail their reader with MVCC_READ_CONFLICT when one of them %s', async (_, value, change) => {
    const key = fresh('key');
    if (value !== undefined) await arrange(customs, [['put', key, value]]);
    const reader = await endorse(customs, [many(fresh('other'), key), ['put', fresh('seen'), 'value']]);
    await arrange(customs, [change(key)]);

    expect((await commit(customs, reader)).code).toBe('MVCC_READ_CONFLICT');
  });
});
