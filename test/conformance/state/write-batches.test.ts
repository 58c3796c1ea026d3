import type { BatchedWrite } from '../probe/steps.cjs';
import { BANK_A, CUSTOMS } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, endorse, evaluate, submit } from '../harness/perform.js';
import { refusalOf } from '../harness/refusal.js';
import { resultsOf } from '../harness/results.js';

const put = (key: string, value: string): BatchedWrite => ['put', '', key, value];

describe('a batch of writes', () => {
  it('makes the transaction that the same calls one by one make', async () => {
    const [kept, gone] = [fresh('kept'), fresh('gone')];
    await arrange(customs, [['put', gone, 'value']]);
    const batched = await endorse(customs, [
      ['batch', [put(kept, 'value'), ['setPolicy', '', kept, [BANK_A]], ['delete', '', gone]]],
    ]);
    const single = await endorse(customs, [
      ['put', kept, 'value'],
      ['setPolicy', kept, [BANK_A]],
      ['delete', gone],
    ]);

    expect(resultsOf(batched)).toBe(resultsOf(single));
  });

  it('puts and deletes', async () => {
    const [first, second, gone] = [fresh('first'), fresh('second'), fresh('gone')];
    await arrange(customs, [['put', gone, 'value']]);
    await arrange(customs, [['batch', [put(first, 'one'), ['delete', '', gone], put(second, 'two')]]]);

    expect(
      await evaluate(customs, [
        ['get', first],
        ['get', second],
        ['get', gone],
      ]),
    ).toEqual(['one', 'two', '']);
  });

  it('sets policies of keys, which hold from then on, and takes them off', async () => {
    const key = fresh('key');
    await arrange(customs, [['batch', [put(key, 'before'), ['setPolicy', '', key, [BANK_A]]]]]);
    const write = [['batch', [put(key, 'after')]]] as const;

    expect(await ask(customs, ['getPolicy', key])).toEqual([BANK_A]);
    expect((await submit(customs, write)).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect((await submit(customs, write, { peers: [BANK_A] })).code).toBe('VALID');
    expect(await ask(customs, ['get', key])).toBe('after');

    await arrange(customs, [['batch', [['setPolicy', '', key, []]]]], { peers: [BANK_A] });

    expect((await submit(customs, write)).code).toBe('VALID');
  });

  it('needs the endorsers of every key in it', async () => {
    const [guarded, open] = [fresh('guarded'), fresh('open')];
    await arrange(customs, [
      ['put', guarded, 'before'],
      ['setPolicy', guarded, [BANK_A]],
    ]);
    const batch = [['batch', [put(open, 'value'), put(guarded, 'after')]]] as const;

    expect((await submit(customs, batch)).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect(await ask(customs, ['get', open])).toBe('');
    expect((await submit(customs, batch, { peers: [] })).code).toBe('VALID');
  });

  it('goes in order: of two records on one key the later wins', async () => {
    const [twice, gone, back] = [fresh('twice'), fresh('gone'), fresh('back')];
    await arrange(customs, [['put', back, 'before']]);
    await arrange(customs, [
      [
        'batch',
        [
          put(twice, 'first'),
          put(gone, 'value'),
          ['delete', '', back],
          put(twice, 'second'),
          ['delete', '', gone],
          put(back, 'after'),
        ],
      ],
    ]);

    expect(
      await evaluate(customs, [
        ['get', twice],
        ['get', gone],
        ['get', back],
      ]),
    ).toEqual(['second', '', 'after']);
  });

  it('comes after the writes before it and before those after it', async () => {
    const key = fresh('key');
    const { answers } = await arrange(customs, [
      ['put', key, 'single'],
      ['batch', [put(key, 'batched')]],
      ['get', key],
      ['batch', [put(key, 'last')]],
    ]);

    expect(answers).toEqual([null, null, '', null]);
    expect(await ask(customs, ['get', key])).toBe('last');
  });

  it('may be empty, and may be larger than the peer offers', async () => {
    const prefix = fresh('many');
    const keys = Array.from({ length: 1001 }, (_, index) => `${prefix}${index}`);
    await arrange(customs, [
      ['batch', []],
      ['batch', keys.map((key) => put(key, 'value'))],
    ]);

    expect(await ask(customs, ['getMany', '', keys])).toEqual(keys.map(() => 'value'));
  });
});

describe('a batch with a record that the peer refuses', () => {
  const cases: readonly [string, BatchedWrite, string][] = [
    ['of no known type', ['untyped', '', fresh('key')], 'unknown operation type'],
    ['that purges a public key', ['purge', '', fresh('key')], 'only applicable for private data'],
  ];

  it.each(cases)('%s fails the transaction, and nothing is written', async (_, refused, reason) => {
    const key = fresh('key');

    expect(await refusalOf(customs, [['batch', [put(key, 'value'), refused]]], { peers: [CUSTOMS] })).toBe(
      `chaincode response 500, WRITE_BATCH_STATE failed: transaction ID: ID: ${reason}`,
    );
    expect(await ask(customs, ['get', key])).toBe('');
  });

  it('keeps the records before it when the chaincode goes on all the same', async () => {
    const [before, after] = [fresh('before'), fresh('after')];
    await arrange(customs, [
      ['try', ['batch', [put(before, 'value'), ['untyped', '', before], put(after, 'value')]]],
    ]);

    expect(
      await evaluate(customs, [
        ['get', before],
        ['get', after],
      ]),
    ).toEqual(['value', '']);
  });
});
