import type { Row } from '../probe/steps.cjs';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, evaluate } from '../harness/perform.js';

describe('composite keys', () => {
  it('are their parts, each ended by a zero character, after a zero character', async () => {
    expect(await ask(customs, ['key', 'type', ['a', 'b']])).toBe('\0type\0a\0b\0');
    expect(await ask(customs, ['splitKey', '\0type\0a\0b\0'])).toEqual(['type', 'a', 'b']);
  });

  it('are found by their first parts, whole parts only, in their order', async () => {
    const type = fresh('type');
    const parts = [
      ['a', '1'],
      ['a', '2'],
      ['ab', '1'],
      ['b', '1'],
    ];
    const { answers } = await arrange(
      customs,
      parts.map((part) => ['key', type, part] as const),
    );
    const keys = answers as string[];
    await arrange(
      customs,
      keys.map((key) => ['put', key, 'value'] as const),
    );
    const found = async (some: string[]): Promise<string[]> =>
      ((await ask(customs, ['partial', type, some])) as Row[]).map(({ key }) => key);

    expect(await found(['a'])).toEqual(keys.slice(0, 2));
    expect(await found([])).toEqual(keys);
    expect(await found(['c'])).toEqual([]);
    // All parts given: the key itself is no longer one that begins with them.
    expect(await found(['a', '1'])).toEqual([keys[0]]);
  });

  it('cannot be asked for as a plain range', async () => {
    const [answer] = await evaluate(customs, [['try', ['range', '\0type', '']]]);

    expect(answer).toEqual({ error: expect.stringContaining('null character') as string });
  });
});
