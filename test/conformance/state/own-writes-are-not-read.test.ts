import { PAIR } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, submit } from '../harness/perform.js';

describe('a transaction that reads what it wrote itself', () => {
  it('sees the state before it, and of two writes the last one commits', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const { answers } = await submit(customs, [
      ['put', key, 'first'],
      ['get', key],
      ['put', key, 'second'],
      ['get', key],
    ]);

    expect(answers).toEqual([null, 'before', null, 'before']);
    expect(await ask(customs, ['get', key])).toBe('second');
  });

  it('still reads a key that it deleted, and finds nothing of it in the next transaction', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const { answers } = await submit(customs, [
      ['delete', key],
      ['get', key],
    ]);

    expect(answers).toEqual([null, 'before']);
    expect(await ask(customs, ['get', key])).toBe('');
  });

  it('does not find its own keys in a range', async () => {
    const prefix = fresh('range');
    const { answers } = await submit(customs, [
      ['put', `${prefix}1`, 'one'],
      ['range', prefix, `${prefix}9`],
    ]);

    expect(answers).toEqual([null, []]);
  });

  it('does not read its own private writes either', async () => {
    const key = fresh('key');
    const { answers } = await submit(customs, [
      ['putPrivate', PAIR, key, 'new'],
      ['getPrivate', PAIR, key],
    ]);

    expect(answers).toEqual([null, '']);
    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('new');
  });
});
