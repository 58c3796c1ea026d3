import { BANK_A, CUSTOMS, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs } from '../harness/network.js';
import { ask, submit } from '../harness/perform.js';

const OWN = `_implicit_org_${BANK_A}`;

describe('the collection that every organisation has without a definition', () => {
  it('is written by that organisation’s endorsement alone', async () => {
    const write = [['putPrivate', OWN, fresh('key'), 'value']] as const;

    expect((await submit(customs, write, { peers: [CUSTOMS, TAX] })).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, write, { peers: [BANK_A] })).code).toBe('VALID');
  });

  it('is kept by that organisation’s peer alone', async () => {
    const key = fresh('key');
    await submit(bankA, [['putPrivate', OWN, key, 'value']], { peers: [BANK_A] });

    expect(await ask(bankA, ['getPrivate', OWN, key])).toBe('value');
    expect((await failureOf(ask(customs, ['getPrivate', OWN, key]))).code).toBe('UNKNOWN');
    expect(await ask(customs, ['privateHash', OWN, key])).toHaveLength(64);
  });
});
