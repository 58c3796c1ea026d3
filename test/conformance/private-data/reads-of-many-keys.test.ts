import type { Step } from '../probe/steps.cjs';
import { BANK_A, MEMBERS_ONLY, PAIR, PROBE, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, profile, regulator } from '../harness/network.js';
import { arrange, ask, commit, endorse, evaluate, submit } from '../harness/perform.js';
import { refusalOf } from '../harness/refusal.js';
import { resultsOf } from '../harness/results.js';

const many = (...keys: string[]): Step => ['getMany', PAIR, keys];

describe('many private keys read in one message', () => {
  it('come in the order of the question, absent, deleted and purged ones empty', async () => {
    const [first, second, deleted, purged] = [fresh('b'), fresh('a'), fresh('deleted'), fresh('purged')];
    await arrange(
      customs,
      [first, second, deleted, purged].map((key) => ['putPrivate', PAIR, key, `value of ${key}`] as const),
    );
    await arrange(customs, [
      ['deletePrivate', PAIR, deleted],
      ['purgePrivate', PAIR, purged],
    ]);
    const question = many(first, fresh('absent'), second, deleted, purged, first);
    const answer = [`value of ${first}`, '', `value of ${second}`, '', '', `value of ${first}`];

    expect(await ask(customs, question)).toEqual(answer);
    expect(await ask(bankA, question, { peers: [TAX] })).toEqual(answer);
  });

  it('make the transaction that the same keys read one by one make', async () => {
    const [key, absent] = [fresh('key'), fresh('absent')];
    await arrange(customs, [
      ['putPrivate', PAIR, key, 'value'],
      ['setPrivatePolicy', PAIR, key, [TAX]],
    ]);
    const together = await endorse(customs, [many(absent, key)]);
    const single = await endorse(customs, [
      ['getPrivate', PAIR, key],
      ['getPrivate', PAIR, absent],
    ]);

    expect(resultsOf(together)).toBe(resultsOf(single));
  });

  it.each<[string, 'before' | undefined, (key: string) => Step]>([
    ['is written', 'before', (key) => ['putPrivate', PAIR, key, 'after']],
    ['is purged', 'before', (key) => ['purgePrivate', PAIR, key]],
    ['was absent and appears', undefined, (key) => ['putPrivate', PAIR, key, 'after']],
  ])('fail their reader with MVCC_READ_CONFLICT when one of them %s', async (_, value, change) => {
    const key = fresh('key');
    if (value !== undefined) await arrange(customs, [['putPrivate', PAIR, key, value]]);
    const reader = await endorse(customs, [many(fresh('other'), key), ['put', fresh('seen'), 'value']]);
    await arrange(customs, [change(key)]);

    expect((await commit(customs, reader)).code).toBe('MVCC_READ_CONFLICT');
  });

  it('are refused to a client of another organisation where members only may read', async () => {
    expect(await refusalOf(bankA, [['getMany', MEMBERS_ONLY, [fresh('key')]]], { peers: [TAX] })).toBe(
      `chaincode response 500, GET_STATE_MULTIPLE failed: transaction ID: ID: tx creator does not have read access permission on privatedata in chaincodeName:${PROBE.name} collectionName: ${MEMBERS_ONLY}`,
    );
  });

  it.each([[[]], [[fresh('key')]]])(
    'are refused when the collection does not exist, be they %j',
    async (keys) => {
      expect(await refusalOf(customs, [['getMany', 'nowhere', keys]], { peers: [TAX] })).toBe(
        `chaincode response 500, GET_STATE_MULTIPLE failed: transaction ID: ID: collection ${profile.channel}/${PROBE.name}/nowhere could not be found`,
      );
    },
  );
});

/*
 * Fabric's GET_STATE_MULTIPLE does not check that the value which a peer holds is of the version that the ledger has,
 * as GET_STATE does ("private data matching public hash version is not available"). So a peer that misses private
 * data answers with nothing, or with an old value. Nothing that was decided on it commits, but an evaluation is wrong.
 */
describe('private keys of which a peer has the hashes alone', () => {
  it('read as empty when asked in one message, where one by one they are refused', async () => {
    const [key, absent] = [fresh('key'), fresh('absent')];
    await arrange(customs, [['putPrivate', PAIR, key, 'value']]);

    for (const member of [regulator, bankA]) {
      expect(await ask(member, many(key, absent))).toEqual(['', '']);
      expect((await failureOf(ask(member, ['getPrivate', PAIR, key]))).message).toContain(
        'private data matching public hash version is not available',
      );
    }
    expect((await evaluate(customs, [many(key, absent)], { peers: [BANK_A] }))[0]).toEqual(['', '']);
  });

  it('fail a transaction that found them empty with MVCC_READ_CONFLICT', async () => {
    const [key, own] = [fresh('key'), fresh('own')];
    await arrange(customs, [
      ['putPrivate', PAIR, key, 'value'],
      ['put', own, 'before'],
      ['setPolicy', own, [BANK_A]],
    ]);
    const outcome = await submit(bankA, [many(key), ['put', own, 'after']], { peers: [BANK_A] });

    expect(outcome).toMatchObject({ code: 'MVCC_READ_CONFLICT', answers: [[''], null] });
    expect(await ask(bankA, ['get', own])).toBe('before');
  });
});
