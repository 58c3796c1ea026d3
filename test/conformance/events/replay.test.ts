import { checkpointers } from '@hyperledger/fabric-gateway';
import { PROBE } from '../definition.js';
import { eventsUntil } from '../harness/events.js';
import { bankA, customs } from '../harness/network.js';
import { arrange, type Outcome } from '../harness/perform.js';

describe('events of the past', () => {
  const outcomes: Outcome[] = [];
  const idOf = (index: number): string => outcomes[index]?.txId ?? '';

  beforeAll(async () => {
    for (const name of ['one', 'two', 'three', 'four']) {
      outcomes.push(await arrange(customs, [['event', name, '']]));
    }
  });

  it('come again from the block that the client names, in their order', async () => {
    const events = await eventsUntil(bankA, idOf(3), { startBlock: outcomes[1]?.block ?? 0n });

    expect(events.map(({ eventName }) => eventName)).toEqual(['two', 'three', 'four']);
  });

  it('come from behind the transaction that the client has dealt with', async () => {
    const checkpoint = checkpointers.inMemory();
    await checkpoint.checkpointTransaction(outcomes[1]?.block ?? 0n, idOf(1));
    const events = await eventsUntil(bankA, idOf(3), { checkpoint });

    expect(events.map(({ transactionId }) => transactionId)).toEqual([idOf(2), idOf(3)]);
  });

  it('come from behind the block that the client has dealt with', async () => {
    const checkpoint = checkpointers.inMemory();
    await checkpoint.checkpointBlock(outcomes[2]?.block ?? 0n);
    const events = await eventsUntil(bankA, idOf(3), { checkpoint });

    expect(events.map(({ transactionId }) => transactionId)).toEqual([idOf(3)]);
  });

  it('do not come without a start: the client hears of what happens next', async () => {
    const stream = await bankA.channel.getChaincodeEvents(PROBE.name);
    try {
      const next = stream[Symbol.asyncIterator]().next();
      const { txId } = await arrange(customs, [['event', 'next', '']]);
      const { value } = (await next) as { value: { transactionId: string } };

      expect(value.transactionId).toBe(txId);
    } finally {
      stream.close();
    }
  });
});
