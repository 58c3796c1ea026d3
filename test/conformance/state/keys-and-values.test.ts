import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, evaluate, submit } from '../harness/perform.js';

describe('a key of the state', () => {
  it('that was never written reads as empty', async () => {
    expect(await ask(customs, ['get', fresh('key')])).toBe('');
  });

  it('may be any text, and so may its value', async () => {
    const key = fresh('出口 – ключ/"\\');
    await arrange(customs, [['put', key, '值 ✓ "quoted"']]);

    expect(await ask(customs, ['get', key])).toBe('值 ✓ "quoted"');
  });

  it('may hold an empty value, which deletes nothing but reads like nothing', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    await arrange(customs, [['put', key, '']]);

    expect(await ask(customs, ['get', key])).toBe('');
  });

  it('may be deleted although it does not exist', async () => {
    expect((await submit(customs, [['delete', fresh('key')]])).code).toBe('VALID');
  });

  it('written in an evaluated transaction stays as it is', async () => {
    const key = fresh('key');
    await evaluate(customs, [['put', key, 'value']]);

    expect(await ask(customs, ['get', key])).toBe('');
  });
});
