import type { Row } from '../probe/steps.cjs';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask } from '../harness/perform.js';

describe('a range of keys', () => {
  const prefix = fresh('range');
  const row = (suffix: string): { key: string; value: string } => ({
    key: `${prefix}${suffix}`,
    value: suffix,
  });

  beforeAll(async () => {
    await arrange(
      customs,
      ['b', 'a', 'B', '10', '9', 'é', '中', '😀'].map(
        (suffix) => ['put', `${prefix}${suffix}`, suffix] as const,
      ),
    );
  });

  it('comes in the order of the bytes of its keys', async () => {
    const found = await ask(customs, ['range', prefix, `${prefix}\u{10ffff}`]);

    expect(found).toEqual(['10', '9', 'B', 'a', 'b', 'é', '中', '😀'].map(row));
  });

  it('has its start and not its end', async () => {
    expect(await ask(customs, ['range', `${prefix}9`, `${prefix}a`])).toEqual(['9', 'B'].map(row));
  });

  it('is empty when its end is not after its start', async () => {
    expect(await ask(customs, ['range', `${prefix}a`, `${prefix}a`])).toEqual([]);
    expect(await ask(customs, ['range', `${prefix}b`, `${prefix}a`])).toEqual([]);
  });

  it('without an end goes on to the last key, without composite keys', async () => {
    const type = fresh('type');
    const { answers } = await arrange(customs, [['key', type, ['one']]]);
    await arrange(customs, [['put', answers[0] as string, 'composite']]);
    const everything = (await ask(customs, ['range', '', ''])) as Row[];

    expect(everything).toEqual(expect.arrayContaining(['a', '😀'].map(row)));
    expect(everything.filter(({ key }) => key.startsWith('\0'))).toEqual([]);
  });

  it('longer than what a peer sends at once arrives whole', async () => {
    const start = fresh('long');
    const keys = Array.from({ length: 250 }, (_, index) => `${start}${String(index).padStart(3, '0')}`);
    await arrange(
      customs,
      keys.map((key) => ['put', key, key] as const),
    );

    expect(await ask(customs, ['range', start, `${start}~`])).toEqual(
      keys.map((key) => ({ key, value: key })),
    );
  });
});
