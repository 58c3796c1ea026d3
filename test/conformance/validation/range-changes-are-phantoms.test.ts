import type { Step } from '../probe/steps.cjs';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, commit, endorse } from '../harness/perform.js';

describe('a range that changed after it was read', () => {
  const cases: readonly (readonly [string, (prefix: string) => Step])[] = [
    ['a key was added', (prefix) => ['put', `${prefix}2`, 'new']],
    ['a key was deleted', (prefix) => ['delete', `${prefix}1`]],
    ['a value was replaced', (prefix) => ['put', `${prefix}3`, 'other']],
    ['a value was written again as it was', (prefix) => ['put', `${prefix}3`, 'three']],
  ];

  it.each(cases)('fails its reader with PHANTOM_READ_CONFLICT when %s', async (_case, change) => {
    const prefix = fresh('range');
    await arrange(customs, [
      ['put', `${prefix}1`, 'one'],
      ['put', `${prefix}3`, 'three'],
    ]);
    const reader = await endorse(customs, [
      ['range', prefix, `${prefix}9`],
      ['put', fresh('seen'), 'it'],
    ]);
    await arrange(customs, [change(prefix)]);

    expect((await commit(customs, reader)).code).toBe('PHANTOM_READ_CONFLICT');
  });

  it('does not fail its reader when only a neighbour changed', async () => {
    const prefix = fresh('range');
    const reader = await endorse(customs, [
      ['range', prefix, `${prefix}9`],
      ['put', fresh('seen'), 'it'],
    ]);
    await arrange(customs, [['put', `${prefix}9`, 'the end is not part of the range']]);

    expect((await commit(customs, reader)).code).toBe('VALID');
  });

  it('fails the reader of a partial composite key', async () => {
    const type = fresh('type');
    const [key] = (await arrange(customs, [['key', type, ['a', '2']]])).answers;
    const reader = await endorse(customs, [
      ['partial', type, ['a']],
      ['put', fresh('seen'), 'it'],
    ]);
    await arrange(customs, [['put', key as string, 'new']]);

    expect((await commit(customs, reader)).code).toBe('PHANTOM_READ_CONFLICT');
  });

  it('does not fail on a large range of which nothing changed', async () => {
    const prefix = fresh('range');
    const keys = Array.from({ length: 120 }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);
    await arrange(
      customs,
      keys.map((key) => ['put', key, key] as const),
    );
    const reader = await endorse(customs, [
      ['range', prefix, `${prefix}9`],
      ['put', fresh('seen'), 'it'],
    ]);

    expect((await commit(customs, reader)).code).toBe('VALID');
  });
});
