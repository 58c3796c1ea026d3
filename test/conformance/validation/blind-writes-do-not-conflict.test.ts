import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { ask, commit, endorse } from '../harness/perform.js';

describe('two transactions that write one key without reading it', () => {
  it('both commit, and the later one is what remains', async () => {
    const key = fresh('key');
    const first = await endorse(customs, [['put', key, 'first']]);
    const second = await endorse(customs, [['put', key, 'second']]);

    expect((await commit(customs, second)).code).toBe('VALID');
    expect((await commit(customs, first)).code).toBe('VALID');
    expect(await ask(customs, ['get', key])).toBe('first');
  });
});
