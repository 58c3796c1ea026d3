import { BANK_A, BANK_B, CUSTOMS, REGULATOR, TAX } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, commit, endorse, submit } from '../harness/perform.js';

describe('the endorsement policy of a chaincode', () => {
  it.each([
    ['one of the two that it wants', [CUSTOMS]],
    ['organisations that it does not name', [BANK_A, BANK_B]],
    ['one that it names and one that it does not', [TAX, BANK_A]],
  ])('fails a transaction endorsed by %s with ENDORSEMENT_POLICY_FAILURE', async (_case, peers) => {
    const key = fresh('key');

    expect((await submit(customs, [['put', key, 'value']], { peers })).code).toBe(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect(await ask(customs, ['get', key])).toBe('');
  });

  it.each([
    [[CUSTOMS, REGULATOR]],
    [[TAX, REGULATOR]],
    [[CUSTOMS, TAX, REGULATOR]],
    [[CUSTOMS, TAX, BANK_A]],
  ])('is satisfied by %s', async (peers) => {
    expect((await submit(customs, [['put', fresh('key'), 'value']], { peers })).code).toBe('VALID');
  });

  it('is satisfied by the endorsers that the peer chooses itself', async () => {
    expect((await submit(customs, [['put', fresh('key'), 'value']], { peers: [] })).code).toBe('VALID');
  });

  it('is checked before conflicts: a transaction that fails in both ways fails of its endorsements', async () => {
    const key = fresh('key');
    const stale = await endorse(
      customs,
      [
        ['get', key],
        ['put', key, 'stale'],
      ],
      { peers: [CUSTOMS] },
    );
    await arrange(customs, [['put', key, 'newer']]);

    expect((await commit(customs, stale)).code).toBe('ENDORSEMENT_POLICY_FAILURE');
  });
});
