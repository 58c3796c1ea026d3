import { SHORT_LIVED } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs } from '../harness/network.js';
import { arrange, ask, evaluate } from '../harness/perform.js';

describe('a collection that keeps its values for two blocks', () => {
  it('still has a value two blocks later, and nothing of it three blocks later', async () => {
    const key = fresh('key');
    const { block: written } = await arrange(customs, [['putPrivate', SHORT_LIVED, key, 'value']]);
    const passBlocksUntil = async (number: bigint): Promise<void> => {
      let { block } = await arrange(customs, [['put', fresh('passing'), 'a block']]);
      while (block < number) ({ block } = await arrange(customs, [['put', fresh('passing'), 'a block']]));
    };
    expect(await ask(customs, ['getPrivate', SHORT_LIVED, key])).toBe('value');
    await passBlocksUntil(written + 2n);
    expect(await ask(customs, ['getPrivate', SHORT_LIVED, key])).toBe('value');
    await passBlocksUntil(written + 3n);

    for (const member of [customs, bankA]) {
      expect(
        await evaluate(member, [
          ['getPrivate', SHORT_LIVED, key],
          ['privateHash', SHORT_LIVED, key],
        ]),
      ).toEqual(['', '']);
    }
  });
});
