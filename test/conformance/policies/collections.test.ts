import { BANK_A, CUSTOMS, OWN_POLICY, TAX } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { ask, arrange, submit } from '../harness/perform.js';

describe('a collection with an endorsement policy of its own', () => {
  it('is written by those that it names, in place of the chaincode’s endorsers', async () => {
    const key = fresh('key');
    const write = [['putPrivate', OWN_POLICY, key, 'value']] as const;

    expect((await submit(customs, write, { peers: [CUSTOMS, TAX] })).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, write, { peers: [BANK_A] })).code).toBe('VALID');
    expect(await ask(customs, ['getPrivate', OWN_POLICY, key])).toBe('value');
  });

  it('gives way to the policy of a key', async () => {
    const key = fresh('key');
    await arrange(
      customs,
      [
        ['putPrivate', OWN_POLICY, key, 'value'],
        ['setPrivatePolicy', OWN_POLICY, key, [CUSTOMS]],
      ],
      {
        peers: [BANK_A],
      },
    );
    const write = [['putPrivate', OWN_POLICY, key, 'other']] as const;

    expect((await submit(customs, write, { peers: [BANK_A] })).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, write, { peers: [CUSTOMS] })).code).toBe('VALID');
  });

  it('needs both when the public state is written with it', async () => {
    const both = [
      ['putPrivate', OWN_POLICY, fresh('key'), 'value'],
      ['put', fresh('key'), 'value'],
    ] as const;

    expect((await submit(customs, both, { peers: [BANK_A] })).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, both, { peers: [BANK_A, CUSTOMS, TAX] })).code).toBe('VALID');
  });

  it('is known to a peer that chooses the endorsers', async () => {
    const outcome = await submit(customs, [['putPrivate', OWN_POLICY, fresh('key'), 'value']], { peers: [] });

    expect(outcome.code).toBe('VALID');
  });
});
