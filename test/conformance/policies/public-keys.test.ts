import { BANK_A, CUSTOMS, TAX } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, commit, endorse, submit } from '../harness/perform.js';

/** Makes a key that only Bank A endorses from now on. */
async function keyOfBankA(): Promise<string> {
  const key = fresh('key');
  await arrange(customs, [
    ['put', key, 'before'],
    ['setPolicy', key, [BANK_A]],
  ]);
  return key;
}

describe('a key with an endorsement policy of its own', () => {
  it('is no longer written by the chaincode’s endorsers', async () => {
    const key = await keyOfBankA();

    expect((await submit(customs, [['put', key, 'after']])).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, [['delete', key]])).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect(await ask(customs, ['get', key])).toBe('before');
  });

  it('is written by those that it names, alone', async () => {
    const key = await keyOfBankA();

    expect((await submit(customs, [['put', key, 'after']], { peers: [BANK_A] })).code).toBe('VALID');
    expect(await ask(customs, ['get', key])).toBe('after');
  });

  it('needs the chaincode’s endorsers besides as soon as another key is written', async () => {
    const key = await keyOfBankA();
    const both = [
      ['put', key, 'after'],
      ['put', fresh('other'), 'value'],
    ] as const;

    expect((await submit(customs, both, { peers: [BANK_A] })).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, both, { peers: [BANK_A, CUSTOMS, TAX] })).code).toBe('VALID');
  });

  it('may be read by anyone', async () => {
    const key = await keyOfBankA();

    expect(
      (
        await submit(customs, [
          ['get', key],
          ['put', fresh('other'), 'value'],
        ])
      ).code,
    ).toBe('VALID');
    expect(await ask(customs, ['getPolicy', key])).toEqual([BANK_A]);
  });

  it('changes its policy by its policy only', async () => {
    const key = await keyOfBankA();

    expect((await submit(customs, [['setPolicy', key, [CUSTOMS]]])).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, [['setPolicy', key, [CUSTOMS]]], { peers: [BANK_A] })).code).toBe('VALID');
    expect((await submit(customs, [['put', key, 'after']], { peers: [CUSTOMS] })).code).toBe('VALID');
  });

  it('wants all that its policy names', async () => {
    const key = fresh('key');
    await arrange(customs, [
      ['put', key, 'before'],
      ['setPolicy', key, [BANK_A, CUSTOMS]],
    ]);

    expect((await submit(customs, [['put', key, 'x']], { peers: [BANK_A] })).code).toBe(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await submit(customs, [['put', key, 'x']], { peers: [BANK_A, CUSTOMS] })).code).toBe('VALID');
  });

  it('loses its policy when it is deleted', async () => {
    const key = await keyOfBankA();
    await arrange(customs, [['delete', key]], { peers: [BANK_A] });

    expect((await submit(customs, [['put', key, 'again']])).code).toBe('VALID');
    expect(await ask(customs, ['getPolicy', key])).toEqual([]);
  });

  it('goes back to the chaincode’s policy when an empty one is set', async () => {
    const key = await keyOfBankA();
    await arrange(customs, [['setPolicy', key, []]], { peers: [BANK_A] });

    expect((await submit(customs, [['put', key, 'after']])).code).toBe('VALID');
  });

  it('keeps its policy when its value is written', async () => {
    const key = await keyOfBankA();
    await arrange(customs, [['put', key, 'after']], { peers: [BANK_A] });

    expect(await ask(customs, ['getPolicy', key])).toEqual([BANK_A]);
  });

  it('guards a write that was endorsed before the policy was set', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const early = await endorse(customs, [['put', key, 'early']]);
    await arrange(customs, [['setPolicy', key, [BANK_A]]]);

    expect((await commit(customs, early)).code).toBe('ENDORSEMENT_POLICY_FAILURE');
  });
});

describe('a peer that chooses the endorsers', () => {
  it('finds those that the key’s own policy wants', async () => {
    const key = await keyOfBankA();

    expect((await submit(customs, [['put', key, 'after']], { peers: [] })).code).toBe('VALID');
  });
});
