import { BANK_A } from '../definition.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, endorse, order, statusAt } from '../harness/perform.js';
import { readBlock, transactionsOf } from '../harness/blocks.js';

const WRITERS = 6;

describe('a key whose policy changes while others write it', () => {
  it('lets writes through up to the change and fails those behind it, within one block too', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const change = await endorse(customs, [['setPolicy', key, [BANK_A]]]);
    const writes = await Promise.all(
      Array.from({ length: WRITERS }, async (_, index) => endorse(customs, [['put', key, String(index)]])),
    );
    const all = [...writes.slice(0, WRITERS / 2), change, ...writes.slice(WRITERS / 2)];
    await Promise.all(all.map(order));
    const statuses = await Promise.all(
      all.map((transaction) => statusAt(customs, transaction.getTransactionId())),
    );

    const numbers = [...new Set(statuses.map(({ blockNumber }) => blockNumber))].sort((a, b) =>
      Number(a - b),
    );
    const blocks = await Promise.all(numbers.map((number) => readBlock(customs, number)));
    const ids = all.map((transaction) => transaction.getTransactionId());
    const verdicts = blocks.flatMap(transactionsOf).filter(({ txId }) => ids.includes(txId));
    const at = verdicts.findIndex(({ txId }) => txId === change.getTransactionId());
    const expected = verdicts.map((_, index) => (index <= at ? 'VALID' : 'ENDORSEMENT_POLICY_FAILURE'));

    expect(verdicts.map(({ code }) => code)).toEqual(expected);
  });
});
