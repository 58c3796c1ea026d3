import { MEMBERS_ONLY, PROBE, TAX } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, tax } from '../harness/network.js';
import { arrange, ask, evaluate } from '../harness/perform.js';

const NO_READ = `tx creator does not have read access permission on privatedata in chaincodeName:${PROBE.name} collectionName: ${MEMBERS_ONLY}`;
const NO_WRITE = `tx creator does not have write access permission on privatedata in chaincodeName:${PROBE.name} collectionName: ${MEMBERS_ONLY}`;

describe('a collection for members only', () => {
  const key = fresh('key');

  beforeAll(async () => {
    await arrange(customs, [['putPrivate', MEMBERS_ONLY, key, 'value']]);
  });

  it('lets clients of its members read', async () => {
    expect(await ask(tax, ['getPrivate', MEMBERS_ONLY, key])).toBe('value');
  });

  it('refuses every read and write of another organisation’s client, at a member’s peer', async () => {
    const calls = [
      ['getPrivate', MEMBERS_ONLY, key],
      ['privateRange', MEMBERS_ONLY, 'a', 'b'],
      ['putPrivate', MEMBERS_ONLY, key, 'other'],
      ['deletePrivate', MEMBERS_ONLY, key],
      ['purgePrivate', MEMBERS_ONLY, key],
    ] as const;
    const answers = await evaluate(
      bankA,
      calls.map((call) => ['try', call] as const),
      { peers: [TAX] },
    );
    const reasons = [NO_READ, NO_READ, NO_WRITE, NO_WRITE, NO_WRITE];

    expect(answers).toEqual(reasons.map((reason) => ({ error: expect.stringContaining(reason) as string })));
  });

  it('still shows its hashes to everyone', async () => {
    expect(await ask(bankA, ['privateHash', MEMBERS_ONLY, key])).toHaveLength(64);
  });
});
