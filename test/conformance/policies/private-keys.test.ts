import type { Step } from '../probe/steps.cjs';
import { CUSTOMS, PAIR, REGULATOR, TAX } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, submit } from '../harness/perform.js';

describe('a private key with an endorsement policy of its own', () => {
  it('is written by those that it names, and by them alone', async () => {
    const key = fresh('key');
    await arrange(customs, [
      ['putPrivate', PAIR, key, 'before'],
      ['setPrivatePolicy', PAIR, key, [TAX]],
    ]);
    const write = [['putPrivate', PAIR, key, 'after']] as const;

    expect((await submit(customs, write, { peers: [CUSTOMS, REGULATOR] })).code).toBe(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await submit(customs, write, { peers: [TAX] })).code).toBe('VALID');
    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('after');
    expect(await ask(customs, ['getPrivatePolicy', PAIR, key])).toEqual([TAX]);
  });

  it('guards its deletion and its policy', async () => {
    const changes = [
      (key: string): Step => ['deletePrivate', PAIR, key],
      (key: string): Step => ['setPrivatePolicy', PAIR, key, [CUSTOMS]],
    ];
    for (const change of changes) {
      const key = fresh('key');
      await arrange(customs, [
        ['putPrivate', PAIR, key, 'before'],
        ['setPrivatePolicy', PAIR, key, [TAX]],
      ]);
      const step = change(key);

      expect((await submit(customs, [step], { peers: [CUSTOMS, REGULATOR] })).code).toBe(
        'ENDORSEMENT_POLICY_FAILURE',
      );
      expect((await submit(customs, [step], { peers: [TAX] })).code).toBe('VALID');
    }
  });
});
