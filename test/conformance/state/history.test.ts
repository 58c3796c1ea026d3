import type { Change } from '../probe/steps.cjs';
import { fresh } from '../harness/fresh.js';
import { channelHeaderOf, readBlock, transactionsOf } from '../harness/blocks.js';
import { customs, tax } from '../harness/network.js';
import { arrange, ask, commit, endorse, type Outcome } from '../harness/perform.js';

describe('the history of a key', () => {
  it('tells every committed change, deletes too, the newest first', async () => {
    const key = fresh('key');
    const outcomes: Outcome[] = [];
    outcomes.push(await arrange(customs, [['put', key, 'one']]));
    outcomes.push(
      await arrange(customs, [
        ['put', key, 'two'],
        ['put', key, 'three'],
      ]),
    );
    outcomes.push(await arrange(customs, [['delete', key]]));
    outcomes.push(await arrange(customs, [['put', key, 'four']]));
    const changes = (await ask(tax, ['history', key])) as Change[];

    expect(changes.map(({ value, deleted }) => [value, deleted])).toEqual([
      ['four', false],
      ['', true],
      ['three', false],
      ['one', false],
    ]);
    expect(changes.map(({ txId }) => txId)).toEqual(outcomes.map(({ txId }) => txId).reverse());
  });

  it('gives the time that the client wrote into its proposal', async () => {
    const key = fresh('key');
    const { block, txId } = await arrange(customs, [['put', key, 'one']]);
    const [change] = (await ask(customs, ['history', key])) as Change[];
    const ordered = transactionsOf(await readBlock(customs, block)).find(
      (transaction) => transaction.txId === txId,
    );
    const proposed = ordered && channelHeaderOf(ordered.envelope).getTimestamp();

    expect([change?.seconds, change?.nanos]).toEqual([proposed?.getSeconds(), proposed?.getNanos()]);
  });

  it('says nothing of transactions that failed', async () => {
    const key = fresh('key');
    const first = await endorse(customs, [
      ['get', key],
      ['put', key, 'first'],
    ]);
    const second = await endorse(customs, [
      ['get', key],
      ['put', key, 'second'],
    ]);
    await commit(customs, first);
    await commit(customs, second);

    expect(((await ask(customs, ['history', key])) as Change[]).map(({ value }) => value)).toEqual(['first']);
  });

  it('is empty for a key that never was', async () => {
    expect(await ask(customs, ['history', fresh('key')])).toEqual([]);
  });

  it('does not conflict: it is not checked when the transaction commits', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'one']]);
    const reader = await endorse(customs, [
      ['history', key],
      ['put', fresh('other'), 'seen'],
    ]);
    await arrange(customs, [['put', key, 'two']]);

    expect((await commit(customs, reader)).code).toBe('VALID');
  });
});
