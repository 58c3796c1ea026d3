import { fresh } from '../harness/fresh.js';
import { readBlock, transactionsOf } from '../harness/blocks.js';
import { customs } from '../harness/network.js';
import { arrange, ask, endorse, order, statusAt } from '../harness/perform.js';

const RIVALS = 12;

describe('conflicting transactions ordered at once', () => {
  it('are judged in the order of blocks, and within a block in the order of its transactions', async () => {
    const key = fresh('key');
    await arrange(customs, [['put', key, 'before']]);
    const rivals = await Promise.all(
      Array.from({ length: RIVALS }, async (_, index) =>
        endorse(customs, [
          ['get', key],
          ['put', key, String(index)],
        ]),
      ),
    );
    await Promise.all(rivals.map(order));
    const statuses = await Promise.all(rivals.map((rival) => statusAt(customs, rival.getTransactionId())));

    const numbers = [...new Set(statuses.map(({ blockNumber }) => blockNumber))].sort((a, b) =>
      Number(a - b),
    );
    const blocks = await Promise.all(numbers.map((number) => readBlock(customs, number)));
    const ids = rivals.map((rival) => rival.getTransactionId());
    const verdicts = blocks.flatMap(transactionsOf).filter(({ txId }) => ids.includes(txId));

    // Fewer blocks than rivals: some of them were judged within one block.
    expect(numbers.length).toBeLessThan(RIVALS);
    expect(verdicts.map(({ code }) => code)).toEqual([
      'VALID',
      ...Array<string>(RIVALS - 1).fill('MVCC_READ_CONFLICT'),
    ]);
    expect(await ask(customs, ['get', key])).toBe(String(ids.indexOf(verdicts[0]?.txId ?? '')));
  });
});
