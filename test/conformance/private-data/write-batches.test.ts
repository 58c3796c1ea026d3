import type { BatchedWrite } from '../probe/steps.cjs';
import { BANK_A, CUSTOMS, MEMBERS_ONLY, PAIR, PROBE, REGULATOR, TAX } from '../definition.js';
import { blockWithPrivateData } from '../harness/deliver.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, profile, regulator, tax } from '../harness/network.js';
import { arrange, ask, endorse, evaluate, submit } from '../harness/perform.js';
import { refusalOf } from '../harness/refusal.js';
import { resultsOf } from '../harness/results.js';

const put = (key: string, value: string): BatchedWrite => ['put', PAIR, key, value];

describe('a batch of private writes', () => {
  it('makes the transaction that the same calls one by one make', async () => {
    const [kept, gone, purged] = [fresh('kept'), fresh('gone'), fresh('purged')];
    const batched = await endorse(customs, [
      [
        'batch',
        [
          put(kept, 'value'),
          ['setPolicy', PAIR, kept, [TAX]],
          ['delete', PAIR, gone],
          ['purge', PAIR, purged],
          ['put', '', kept, 'public'],
          ['put', MEMBERS_ONLY, kept, 'for members only'],
        ],
      ],
    ]);
    const single = await endorse(customs, [
      ['put', kept, 'public'],
      ['putPrivate', MEMBERS_ONLY, kept, 'for members only'],
      ['purgePrivate', PAIR, purged],
      ['deletePrivate', PAIR, gone],
      ['putPrivate', PAIR, kept, 'value'],
      ['setPrivatePolicy', PAIR, kept, [TAX]],
    ]);

    expect(resultsOf(batched)).toBe(resultsOf(single));
  });

  it('reaches the members beside public writes of the same batch, and deletes', async () => {
    const [key, gone] = [fresh('key'), fresh('gone')];
    await arrange(customs, [['putPrivate', PAIR, gone, 'value']]);
    await arrange(customs, [
      ['batch', [['put', '', key, 'public'], put(key, 'private'), ['delete', PAIR, gone]]],
    ]);

    for (const member of [customs, tax]) {
      expect(
        await evaluate(member, [
          ['get', key],
          ['getPrivate', PAIR, key],
          ['getPrivate', PAIR, gone],
          ['privateHash', PAIR, gone],
        ]),
      ).toEqual(['public', 'private', '', '']);
    }
  });

  it('sets policies of private keys, which hold from then on', async () => {
    const key = fresh('key');
    await arrange(customs, [['batch', [put(key, 'before'), ['setPolicy', PAIR, key, [TAX]]]]]);
    const write = [['batch', [put(key, 'after')]]] as const;

    expect(await ask(customs, ['getPrivatePolicy', PAIR, key])).toEqual([TAX]);
    expect((await submit(customs, write, { peers: [CUSTOMS, REGULATOR] })).code).toBe(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await submit(customs, write, { peers: [TAX] })).code).toBe('VALID');
    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('after');
  });

  it('purges, also from the private data of old blocks', async () => {
    const [deleted, purged] = [fresh('deleted'), fresh('purged')];
    const transient = { deleted: 'stays in the past', purged: 'leaves no trace' };
    const { block } = await arrange(
      customs,
      [
        ['putTransient', PAIR, deleted, 'deleted'],
        ['putTransient', PAIR, purged, 'purged'],
      ],
      { transient },
    );
    await arrange(customs, [
      [
        'batch',
        [
          ['delete', PAIR, deleted],
          ['purge', PAIR, purged],
        ],
      ],
    ]);
    const past = Buffer.from((await blockWithPrivateData(customs, block)).serializeBinary());

    expect(past.includes(transient.deleted)).toBe(true);
    expect(past.includes(transient.purged)).toBe(false);
    expect(await ask(customs, ['privateHash', PAIR, purged])).toBe('');
  });

  it('goes in order: of two records on one key the later wins', async () => {
    const [twice, purged, back] = [fresh('twice'), fresh('purged'), fresh('back')];
    await arrange(customs, [['putPrivate', PAIR, back, 'before']]);
    await arrange(customs, [
      [
        'batch',
        [
          put(twice, 'first'),
          put(purged, 'value'),
          ['purge', PAIR, back],
          put(twice, 'second'),
          ['purge', PAIR, purged],
          put(back, 'after'),
        ],
      ],
    ]);

    expect(
      await evaluate(tax, [
        ['getPrivate', PAIR, twice],
        ['getPrivate', PAIR, purged],
        ['getPrivate', PAIR, back],
      ]),
    ).toEqual(['second', '', 'after']);
  });

  it('is endorsed by a peer that is no member, which keeps nothing but hashes', async () => {
    const key = fresh('key');
    await arrange(customs, [['batch', [put(key, 'value')]]], { peers: [REGULATOR, TAX] });

    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('value');
    expect(await ask(regulator, ['privateHash', PAIR, key])).toHaveLength(64);
    expect(await ask(regulator, ['getMany', PAIR, [key]])).toEqual(['']);
  });
});

describe('a batch with a private write that the peer refuses', () => {
  const noWrite = `tx creator does not have write access permission on privatedata in chaincodeName:${PROBE.name} collectionName: ${MEMBERS_ONLY}`;
  const notFound = `collection ${profile.channel}/${PROBE.name}/nowhere could not be found`;
  const key = fresh('key');
  const cases: readonly [string, BatchedWrite, string][] = [
    ['a put for members only', ['put', MEMBERS_ONLY, key, 'value'], noWrite],
    ['a deletion for members only', ['delete', MEMBERS_ONLY, key], noWrite],
    ['a policy for members only', ['setPolicy', MEMBERS_ONLY, key, [BANK_A]], noWrite],
    ['a purge for members only', ['purge', MEMBERS_ONLY, key], noWrite],
    ['an unknown collection', ['put', 'nowhere', key, 'value'], notFound],
    ['a purge in an unknown collection', ['purge', 'nowhere', key], notFound],
  ];

  it.each(cases)('as %s fails the transaction, and nothing is written', async (_, refused, reason) => {
    const before = fresh('before');
    const batch: readonly BatchedWrite[] = [['put', '', before, 'value'], put(before, 'value'), refused];

    expect(await refusalOf(bankA, [['batch', batch]], { peers: [TAX] })).toBe(
      `chaincode response 500, WRITE_BATCH_STATE failed: transaction ID: ID: ${reason}`,
    );
    expect(
      await evaluate(customs, [
        ['get', before],
        ['privateHash', PAIR, before],
      ]),
    ).toEqual(['', '']);
  });
});
