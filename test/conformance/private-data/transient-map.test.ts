import { PAIR } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { readBlock } from '../harness/blocks.js';
import { customs } from '../harness/network.js';
import { arrange, ask } from '../harness/perform.js';

describe('the transient map', () => {
  it('reaches the chaincode', async () => {
    const transient = { input: 'one', 'another name': '' };

    expect(await ask(customs, ['transient'], { transient })).toEqual(transient);
  });

  it('is empty when the client sends none', async () => {
    expect(await ask(customs, ['transient'])).toEqual({});
  });

  it('does not reach the block, neither its names nor its values', async () => {
    const transient = { it: fresh('value'), unused: fresh('unused') };
    const { block } = await arrange(customs, [['putTransient', PAIR, fresh('key'), 'it']], { transient });
    const bytes = Buffer.from((await readBlock(customs, block)).serializeBinary());

    expect(Object.values(transient).filter((value) => bytes.includes(value))).toEqual([]);
    expect(bytes.includes('unused')).toBe(false);
  });
});
