import { PAIR } from '../definition.js';
import { customs } from '../harness/network.js';
import { evaluate } from '../harness/perform.js';

const QUERY = JSON.stringify({ selector: { owner: 'nobody' } });

describe('a rich query on LevelDB', () => {
  it.each([
    ['of the state', ['query', QUERY], 'ExecuteQuery'],
    ['of the state by pages', ['queryPage', QUERY, 2, ''], 'ExecuteQueryWithMetadata'],
    ['of private data', ['privateQuery', PAIR, QUERY], 'ExecuteQuery'],
  ] as const)('%s is not supported', async (_case, step, call) => {
    const [answer] = await evaluate(customs, [['try', step]]);

    expect(answer).toEqual({ error: expect.stringContaining(`${call} not supported for leveldb`) as string });
  });
});
