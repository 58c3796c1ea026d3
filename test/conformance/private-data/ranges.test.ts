import type { Step } from '../probe/steps.cjs';
import { PAIR } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { customs, regulator } from '../harness/network.js';
import { arrange, ask, endorse } from '../harness/perform.js';

describe('a range of private keys', () => {
  const prefix = fresh('range');

  beforeAll(async () => {
    await arrange(
      customs,
      ['2', '1', '3'].map((suffix) => ['putPrivate', PAIR, `${prefix}${suffix}`, suffix] as const),
    );
  });

  it('comes in the order of its keys at a member’s peer', async () => {
    expect(await ask(customs, ['privateRange', PAIR, prefix, `${prefix}3`])).toEqual([
      { key: `${prefix}1`, value: '1' },
      { key: `${prefix}2`, value: '2' },
    ]);
  });

  it('is empty at another peer', async () => {
    expect(await ask(regulator, ['privateRange', PAIR, prefix, `${prefix}3`])).toEqual([]);
  });

  it('is found by parts of composite keys', async () => {
    const type = fresh('type');
    const { answers } = await arrange(customs, [
      ['key', type, ['a', '1']],
      ['key', type, ['b', '1']],
    ]);
    const keys = answers as string[];
    await arrange(
      customs,
      keys.map((key) => ['putPrivate', PAIR, key, 'value'] as const),
    );

    expect(await ask(customs, ['privatePartial', PAIR, type, ['a']])).toEqual([
      { key: keys[0], value: 'value' },
    ]);
  });

  it('cannot be part of a transaction that writes', async () => {
    const write: Step = ['put', fresh('key'), 'value'];
    const read: Step = ['privateRange', PAIR, prefix, `${prefix}3`];

    expect((await failureOf(endorse(customs, [read, write]))).details[0]?.message).toContain(
      'Transaction has already performed queries on pvt data. Writes are not allowed',
    );
    expect((await failureOf(endorse(customs, [write, read]))).details[0]?.message).toContain(
      'Queries on pvt data is supported only in a read-only transaction',
    );
  });
});
